#include "desks/reporting/facts.hpp"

#include "desks/reporting/commands.hpp"

namespace fx::reporting {
namespace {

template <class E>
void fill(Card& row, const E& e) {
  row.version = e.version;
  row.class_ = e.class_;
  row.severity = e.severity;
  row.onset_day = e.onset_day;
  row.diagnosis_day = e.diagnosis_day;
  row.address_code = e.address_code;
  row.occupation = e.occupation;
}

void card_facts(Desk& desk) {
  desk.evolves<CardExpected, Card>(&CardExpected::card,
                                   [](Card& row, const CardExpected& e, const Stamp& at) {
                                     row.id = e.card;
                                     row.case_id = e.case_id;
                                     row.person = e.person;
                                     row.hospital = e.hospital;
                                     row.cdc = e.cdc;
                                     row.class_ = e.class_;
                                     row.state = CardState::due;
                                     row.expected_at = at.occurred_at;
                                     // A withdrawn card that is owed again starts anew under its next version.
                                     row.submitted_at.reset();
                                     row.passed_at.reset();
                                     row.withdrawal_proposed = false;
                                   });
  desk.evolves<CardSubmitted, Card>(&CardSubmitted::card,
                                    [](Card& row, const CardSubmitted& e, const Stamp& at) {
                                      fill(row, e);
                                      row.state = CardState::submitted;
                                      row.submitted_at = at.occurred_at;
                                    });
  desk.evolves<CardPassed, Card>(&CardPassed::card, [](Card& row, const CardPassed&, const Stamp& at) {
    if (row.state != CardState::correction_due)
      row.state = CardState::passed;  // what was reviewed is passed, the rest still owed
    row.passed_at = at.occurred_at;
  });
  desk.evolves<CardReturned, Card>(&CardReturned::card, [](Card& row, const CardReturned&, const Stamp&) {
    row.state = CardState::returned;
  });
  desk.evolves<CorrectionExpected, Card>(
      &CorrectionExpected::card,
      [](Card& row, const CorrectionExpected&, const Stamp&) { row.state = CardState::correction_due; });
  desk.evolves<CardCorrected, Card>(&CardCorrected::card,
                                    [](Card& row, const CardCorrected& e, const Stamp&) {
                                      fill(row, e);
                                      row.state = CardState::corrected;
                                    });
  desk.evolves<WithdrawalProposed, Card>(
      &WithdrawalProposed::card,
      [](Card& row, const WithdrawalProposed&, const Stamp&) { row.withdrawal_proposed = true; });
  desk.evolves<WithdrawalDropped, Card>(
      &WithdrawalDropped::card,
      [](Card& row, const WithdrawalDropped&, const Stamp&) { row.withdrawal_proposed = false; });
  desk.evolves<CardWithdrawn, Card>(&CardWithdrawn::card, [](Card& row, const CardWithdrawn&, const Stamp&) {
    row.state = CardState::withdrawn;
    row.withdrawal_proposed = false;
  });
}

void chain_facts(Desk& desk) {
  desk.evolves<EventReportExpected, EventReport>(
      &EventReportExpected::event_report,
      [](EventReport& row, const EventReportExpected& e, const Stamp& at) {
        row.id = e.event_report;
        row.case_id = e.case_id;
        row.hospital = e.hospital;
        row.county = e.county;
        row.known_at = at.occurred_at;
        row.cancelled = false;
      });
  desk.evolves<EventReportCancelled, EventReport>(
      &EventReportCancelled::event_report,
      [](EventReport& row, const EventReportCancelled&, const Stamp&) { row.cancelled = true; });
  desk.evolves<EventReported, EventReport>(&EventReported::event_report,
                                           [](EventReport& row, const EventReported& e, const Stamp& at) {
                                             row.reported_at = at.occurred_at;
                                             if (row.reached == ChainLevel::none)
                                               row.next_unit = e.to;  // else heard by telephone
                                           });
  desk.evolves<EventReceived, EventReport>(&EventReceived::event_report,
                                           [](EventReport& row, const EventReceived& e, const Stamp& at) {
                                             row.reached = e.level;
                                             row.next_unit = e.next_unit;
                                             row.receipts.push_back({e.level, e.unit, at.occurred_at});
                                           });
  desk.evolves<PheReported, EventReport>([](const PheReported& e) { return event_report_of(e.case_id); },
                                         [](EventReport& row, const PheReported& e, const Stamp& at) {
                                           if (row.case_id.is_nil()) {
                                             row.id = event_report_of(e.case_id);
                                             row.case_id = e.case_id;
                                             row.hospital = e.cdc;
                                             row.known_at = at.occurred_at;
                                           }
                                           row.phe_reported_at = at.occurred_at;
                                         });
}

}  // namespace

void add_facts(Desk& desk) {
  desk.table<Card>({.indexes = {"state", "person", "cdc, state", "hospital, state"}})
      .table<EventReport>({.indexes = {"reached"}});
  desk.event<CardExpected>()
      .event<CardSubmitted>()
      .event<CardPassed>()
      .event<CardReturned>()
      .event<CorrectionExpected>();
  desk.event<CardCorrected>().event<WithdrawalProposed>().event<WithdrawalDropped>().event<CardWithdrawn>();
  desk.event<EventReportExpected>()
      .event<EventReportCancelled>()
      .event<EventReported>()
      .event<EventReceived>()
      .event<PheReported>();
  card_facts(desk);
  chain_facts(desk);
}

}  // namespace fx::reporting
