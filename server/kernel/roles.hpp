#pragma once

#include <boost/describe.hpp>

namespace fx {

/// Actor codes of the domain model §2 and its additions, with the administrator (ADM) and the auditor (AUD).
/// SYS is the system itself: timer and handoffs; nobody can hold it.
enum class Role {
  SYS,
  CMD,
  DL,
  DO,
  HA,
  CDC,
  INV,
  FRP,
  DOC,
  NUR,
  SMP,
  COU,
  LAB,
  LAA,
  QM,
  QD,
  GK,
  GRID,
  POL,
  TRN,
  SUP,
  WH,
  VAC,
  MKT,
  CUS,
  WST,
  INS,
  PUB,
  DPO,
  TEL,
  TRA,
  EDU,
  COM,
  DIS,
  MGR,
  BRA,
  PSY,
  UTL,
  ADM,
  AUD
};
BOOST_DESCRIBE_ENUM(Role, SYS, CMD, DL, DO, HA, CDC, INV, FRP, DOC, NUR, SMP, COU, LAB, LAA, QM, QD, GK, GRID,
                    POL, TRN, SUP, WH, VAC, MKT, CUS, WST, INS, PUB, DPO, TEL, TRA, EDU, COM, DIS, MGR, BRA,
                    PSY, UTL, ADM, AUD)

/// What a unit is; routes of the rulebook find units by kind and level.
enum class UnitKind {
  command_post,
  government,
  health_authority,
  cdc,
  hospital,
  fever_clinic,
  laboratory,
  gate,
  quarantine_site,
  vaccination_site,
  police,
  transfer_desk,
  township,
  village,
  market_supervision,
  customs,
  publicity,
  supplies_desk,
  inspection,
  other
};
BOOST_DESCRIBE_ENUM(UnitKind, command_post, government, health_authority, cdc, hospital, fever_clinic,
                    laboratory, gate, quarantine_site, vaccination_site, police, transfer_desk, township,
                    village, market_supervision, customs, publicity, supplies_desk, inspection, other)

/// Administrative level of a unit's jurisdiction.
enum class Level { nation, province, city, county, township, village };
BOOST_DESCRIBE_ENUM(Level, nation, province, city, county, township, village)

}  // namespace fx
