#include "api/role_words.hpp"

namespace fx::api {

Words words_of(Role role) {
  switch (role) {
    case Role::SYS: return {"系统", "the system"};
    case Role::CMD: return {"指挥长", "commander"};
    case Role::DL: return {"带班领导", "leader on duty"};
    case Role::DO: return {"值班员", "duty officer"};
    case Role::HA: return {"卫生健康行政部门", "health authority"};
    case Role::CDC: return {"疾控人员", "CDC officer"};
    case Role::INV: return {"流调人员", "investigator"};
    case Role::FRP: return {"第一责任人", "first responsible person"};
    case Role::DOC: return {"医生", "doctor"};
    case Role::NUR: return {"护士", "nurse"};
    case Role::SMP: return {"采样员", "sampler"};
    case Role::COU: return {"样本转运员", "courier"};
    case Role::LAB: return {"检测员", "tester"};
    case Role::LAA: return {"检测审核人", "authoriser"};
    case Role::QM: return {"隔离点负责人", "quarantine-site manager"};
    case Role::QD: return {"隔离点医生", "quarantine-site doctor"};
    case Role::GK: return {"卡口值守员", "gatekeeper"};
    case Role::GRID: return {"网格员、村医", "grid worker, village doctor"};
    case Role::POL: return {"公安", "police"};
    case Role::TRN: return {"转运调度", "transfer desk"};
    case Role::SUP: return {"物资调度", "supplies desk"};
    case Role::WH: return {"库管员", "store keeper"};
    case Role::VAC: return {"接种人员", "vaccinator"};
    case Role::MKT: return {"市场监管", "market supervision"};
    case Role::CUS: return {"海关", "customs"};
    case Role::WST: return {"医废处置", "waste handler"};
    case Role::INS: return {"督导员", "inspector"};
    case Role::PUB: return {"宣传", "publicity"};
    case Role::DPO: return {"个人信息保护负责人", "data-protection officer"};
    case Role::TEL: return {"工信通信", "telecom and industry"};
    case Role::TRA: return {"交通运输", "transport"};
    case Role::EDU: return {"教育", "education"};
    case Role::COM: return {"商务", "commerce"};
    case Role::DIS: return {"纪检监察", "discipline office"};
    case Role::MGR: return {"医疗集团", "medical group"};
    case Role::BRA: return {"支部", "party branch"};
    case Role::PSY: return {"心理咨询师", "counsellor"};
    case Role::UTL: return {"水电保障", "utilities"};
    case Role::ADM: return {"系统管理员", "administrator"};
    case Role::AUD: return {"审计员", "auditor"};
  }
  return {};
}

Words words_of(UnitKind kind) {
  switch (kind) {
    case UnitKind::command_post: return {"指挥部", "command post"};
    case UnitKind::government: return {"人民政府", "government"};
    case UnitKind::health_authority: return {"卫生健康委（局）", "health authority"};
    case UnitKind::cdc: return {"疾控中心", "CDC"};
    case UnitKind::hospital: return {"医院", "hospital"};
    case UnitKind::fever_clinic: return {"发热门诊", "fever clinic"};
    case UnitKind::laboratory: return {"检测实验室", "laboratory"};
    case UnitKind::gate: return {"卡口", "gate"};
    case UnitKind::quarantine_site: return {"集中隔离点", "quarantine site"};
    case UnitKind::vaccination_site: return {"接种点", "vaccination site"};
    case UnitKind::police: return {"公安机关", "police"};
    case UnitKind::transfer_desk: return {"转运专班", "transfer desk"};
    case UnitKind::township: return {"乡镇（街道）", "township"};
    case UnitKind::village: return {"村（社区）", "village"};
    case UnitKind::market_supervision: return {"市场监管部门", "market supervision"};
    case UnitKind::customs: return {"海关", "customs"};
    case UnitKind::publicity: return {"宣传部门", "publicity"};
    case UnitKind::supplies_desk: return {"物资保障组", "supplies desk"};
    case UnitKind::inspection: return {"督导组", "inspection"};
    case UnitKind::other: return {"其他", "other"};
  }
  return {};
}

Words words_of(Level level) {
  switch (level) {
    case Level::nation: return {"国家", "nation"};
    case Level::province: return {"省", "province"};
    case Level::city: return {"市", "city"};
    case Level::county: return {"县", "county"};
    case Level::township: return {"乡", "township"};
    case Level::village: return {"村", "village"};
  }
  return {};
}

}  // namespace fx::api
