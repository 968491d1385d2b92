#include "api/answers.hpp"

namespace fx::api {

const std::map<std::string, Words>& door_refusals() {
  static const std::map<std::string, Words> words{
      {"F-SHAPE", {"数据格式不对", "The data have the wrong shape"}},
      {"F-ROUTE", {"没有这个地址", "There is nothing at this address"}},
      {"F-METHOD", {"该地址不支持这种请求方法", "This address does not take this method"}},
      {"F-OLD", {"幂等键已过保存期", "The idempotency key is older than answers are kept"}},
      {"F-BUSY", {"系统繁忙，请稍后重试", "The system is busy; please try again shortly"}},
      {"F-SHED",
       {"写入繁忙，暂缓查询，请稍后重试", "Writing comes first just now; please ask again shortly"}},
      {"F-DISK",
       {"磁盘已满或不可写，未作任何记录", "The disk is full or cannot be written; nothing was recorded"}},
      {"F-DEFECT",
       {"系统缺陷，已记录，请联系管理员", "A defect of the system; it is logged, please call support"}},
      {"F-IMPORT",
       {"文件正在处理或无法读取，请稍候",
        "The file is being worked on, or cannot be read: wait, or bring it again"}},
      {"R-SIGN-1", {"请先登录", "Please sign in"}},
      {"R-SIGN-2", {"登录名或密码不正确", "The name or the password is not right"}},
      {"R-SIGN-3", {"尝试次数过多，请稍后再试", "Too many tries; please wait before the next one"}},
      {"R-SIGN-4", {"该账号没有单位或已停用", "The account has no unit or is closed"}},
      {"R-ORIGIN", {"请求来自其他网站，已拒绝", "The request comes from another site"}},
      {"R-ROLE", {"您的岗位没有这项权限", "Your post has no right to do this"}},
      {"R-SCOPE", {"没有找到，或不在您的管辖范围", "Not found, or outside your scope"}},
      {"R-OPEN-1",
       {"没有与此证件号和采样管编号相符的样本，请与采样凭条核对",
        "No sample fits this document number and tube code; please check both with your slip"}},
      {"R-OPEN-2", {"查询过于频繁，请稍后再试", "You have asked too often; please wait before asking again"}},
      {"R-CLK-1", {"正式运行的时钟不能拨动", "The clock of a live realm cannot be moved"}},
      {"R-CLK-2", {"时钟只能向前拨", "The clock can only be moved forward"}},
  };
  return words;
}

}  // namespace fx::api
