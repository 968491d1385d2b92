#pragma once

#include "api/house.hpp"

// One function for each route; service.cpp says which.
namespace fx::api {

// writes
void run_operation(const ExchangePtr& exchange, const Operation& operation);  // front_door.cpp
void run_batch(const ExchangePtr& exchange);                                  // batch.cpp
void sign_in(const ExchangePtr& exchange);                                    // sign_in.cpp
void sign_out(const ExchangePtr& exchange);
void unmask_person(const ExchangePtr& exchange);  // looks.cpp
void read_text(const ExchangePtr& exchange);
void search_people(const ExchangePtr& exchange);      // search.cpp
void resolve_documents(const ExchangePtr& exchange);  // resolve.cpp
void resolve_tubes(const ExchangePtr& exchange);
void propose_round_plan(const ExchangePtr& exchange);  // round_plan.cpp
void show_open_points(const ExchangePtr& exchange);    // open.cpp
void show_own_result(const ExchangePtr& exchange);
void move_clock(const ExchangePtr& exchange);   // realm_clock.cpp
void open_stream(const ExchangePtr& exchange);  // herald.cpp

void start_import(const ExchangePtr& exchange);  // imports/handlers.cpp
void run_import_job(const ExchangePtr& exchange);
void change_import_cells(const ExchangePtr& exchange);
void cancel_import(const ExchangePtr& exchange);

// reads
http::Response tell_session(Exchange& exchange);  // sign_in.cpp
http::Response show_list(Exchange& exchange);     // lists.cpp
http::Response show_row(Exchange& exchange);
http::Response show_duties(Exchange& exchange);      // duties.cpp
http::Response explain_duty(Exchange& exchange);     // duty_why.cpp
http::Response show_clocks(Exchange& exchange);      // board.cpp
http::Response show_notices(Exchange& exchange);     // notices.cpp
http::Response show_person(Exchange& exchange);      // person_page.cpp
http::Response show_colleagues(Exchange& exchange);  // colleagues.cpp
http::Response show_audit(Exchange& exchange);       // audit.cpp
http::Response show_rulebook(Exchange& exchange);    // rulebook_pages.cpp
http::Response show_rule(Exchange& exchange);
http::Response show_words(Exchange& exchange);   // words.cpp
http::Response show_import(Exchange& exchange);  // imports/handlers.cpp
http::Response show_imports(Exchange& exchange);
http::Response show_import_kinds(Exchange& exchange);
http::Response download_import_errors(Exchange& exchange);
http::Response download_import_template(Exchange& exchange);
http::Response tell_health(Exchange& exchange);  // health.cpp
http::Response tell_metrics(Exchange& exchange);

}  // namespace fx::api
