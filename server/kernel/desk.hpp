#pragma once

#include <deque>
#include <functional>
#include <map>

#include "kernel/operation.hpp"

namespace fx {

/// When and by which event a row changes.
struct Stamp {
  No no = 0;
  Instant occurred_at;
  Instant recorded_at;
  AccountId actor;
};

/// "This event changes these rows of that table so." Row-local: sees one row and the event (kernel-notes §4).
struct Evolver {
  const TableType* table;
  Erased<void(const void* event, std::vector<RawId>& keys)> keys;
  Erased<void(void* row, const void* event, const Stamp& stamp)> apply;
};

/// All rows of all tables, for laws.
class Tables {
 public:
  virtual ~Tables() = default;
  virtual void each(const TableType& table, const std::function<void(const void*)>& visit) const = 0;
  template <class T>
  [[nodiscard]] std::vector<T> all() const {
    std::vector<T> rows;
    each(table_type<T>(), [&](const void* row) { rows.push_back(*static_cast<const T*>(row)); });
    return rows;
  }
};

/// What must hold after every event; returns a sentence for each breach.
struct Law {
  std::string name;
  std::function<std::vector<std::string>(const Tables&)> check;
};

/// A list people may read: a table, the columns it may be filtered by, its order. The reader's scope is put into the
/// query itself: rows whose jurisdiction lies in the reader's, or whose `unit_fields` name the reader's unit.
struct List {
  std::string desk;
  std::string name;
  Words title;
  const TableType* table = nullptr;
  std::vector<Role> readers;         ///< empty: every signed-in role of that desk's `readers`
  std::vector<std::string> filters;  ///< equality, or several values by comma
  std::string order_by;              ///< a column
  bool descending = true;
  std::vector<std::string> unit_fields;  ///< columns with unit ids: members of these units see the row
};

struct TableOptions {
  std::vector<std::string>
      indexes;      ///< "state, lab": columns of one index each; jurisdiction leads by itself
  int version = 1;  ///< raise when a column's meaning changes: the table is rebuilt by replay
};

/// A number computed from one row, which a watch may compare: name, unit, inputs, pure function.
struct Measure {
  std::string name;  ///< "<desk>.<measure>"
  std::string unit;
  const TableType* table;
  std::function<double(const void*)> of;
  std::string unit_field;  ///< the row's field that names the unit concerned
};

/// A named population of a rhythm, maintained by events: posts of units here.
struct Member {
  RawId id;
  UnitId unit;
  Role role = Role::DO;
};
struct Population {
  std::string name;  ///< "<desk>.<population>"
  std::function<std::vector<Member>(const Reference&, Instant)> members;
};

/// A desk's card: everything about it unfolds from here — routes, OpenAPI, forms, access matrix, vocabulary, tables.
class Desk {
 public:
  explicit Desk(std::string_view name, Words title) : name_(name), title_(std::move(title)) {}

  template <class T>
  Desk& table(TableOptions options = {}) {
    tables_.push_back({&define_table<T>(), std::move(options)});
    return *this;
  }
  template <class E>
  Desk& event() {
    events_.push_back(&define_event<E>());
    return *this;
  }
  /// Event E changes row(s) of T. `key`: E → Id or RawId, or vector of them, or a pointer to member of E.
  template <class E, class T, class K, class F>
  Desk& evolves(K key, F apply) {
    Evolver evolver;
    evolver.table = &table_type<T>();
    evolver.keys = [key](const void* event, std::vector<RawId>& keys) {
      add_keys(keys, std::invoke(key, *static_cast<const E*>(event)));
    };
    evolver.apply = [apply](void* row, const void* event, const Stamp& stamp) {
      apply(*static_cast<T*>(row), *static_cast<const E*>(event), stamp);
    };
    evolvers_[std::string(E::name)].push_back(evolver);
    return *this;
  }
  template <Described C>
  OperationCard<C> operation(std::string_view name, Words title) {
    auto& operation = operations_.emplace_back();
    operation.desk = name_;
    operation.name = name;
    operation.title = std::move(title);
    return OperationCard<C>(operation);
  }
  Desk& law(std::string name, std::function<std::vector<std::string>(const Tables&)> check) {
    laws_.push_back({std::move(name), std::move(check)});
    return *this;
  }
  /// A law of each row of T: returns the breach, empty when it holds.
  template <class T, class F>
  Desk& row_law(std::string name, F check) {
    return law(std::move(name), [check](const Tables& tables) {
      std::vector<std::string> breaches;
      tables.each(table_type<T>(), [&](const void* row) {
        std::string breach = check(*static_cast<const T*>(row));
        if (!breach.empty()) breaches.push_back(std::move(breach));
      });
      return breaches;
    });
  }
  Desk& refusal(std::string code, Words say) {
    refusals_[std::move(code)] = std::move(say);
    return *this;
  }
  template <class T>
  Desk& list(List list) {
    list.desk = name_;
    list.table = &table_type<T>();
    lists_.push_back(std::move(list));
    return *this;
  }
  template <class T, class F>
  Desk& measure(std::string_view name, std::string unit, std::string unit_field, F of) {
    measures_.push_back(
        {name_ + "." + std::string(name), std::move(unit), &table_type<T>(),
         [of](const void* row) { return static_cast<double>(of(*static_cast<const T*>(row))); },
         std::move(unit_field)});
    return *this;
  }
  Desk& population(std::string_view name,
                   std::function<std::vector<Member>(const Reference&, Instant)> members) {
    populations_.push_back({name_ + "." + std::string(name), std::move(members)});
    return *this;
  }

  struct Table {
    const TableType* type;
    TableOptions options;
  };
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const Words& title() const { return title_; }
  [[nodiscard]] const std::vector<Table>& tables() const { return tables_; }
  [[nodiscard]] const std::vector<const EventType*>& events() const { return events_; }
  [[nodiscard]] const std::map<std::string, std::vector<Evolver>>& evolvers() const { return evolvers_; }
  [[nodiscard]] const std::deque<Operation>& operations() const { return operations_; }
  [[nodiscard]] const std::vector<Law>& laws() const { return laws_; }
  [[nodiscard]] const std::map<std::string, Words>& refusals() const { return refusals_; }
  [[nodiscard]] const std::vector<List>& lists() const { return lists_; }
  [[nodiscard]] const std::vector<Measure>& measures() const { return measures_; }
  [[nodiscard]] const std::vector<Population>& populations() const { return populations_; }

 private:
  static void add_keys(std::vector<RawId>& keys, const RawId& id) { keys.push_back(id); }
  template <class Tag>
  static void add_keys(std::vector<RawId>& keys, const Id<Tag>& id) {
    keys.push_back(id.raw);
  }
  template <class K>
  static void add_keys(std::vector<RawId>& keys, const std::vector<K>& ids) {
    for (const auto& id : ids) add_keys(keys, id);
  }
  template <class K>
  static void add_keys(std::vector<RawId>& keys, const std::optional<K>& id) {
    if (id) add_keys(keys, *id);
  }

  std::string name_;
  Words title_;
  std::vector<Table> tables_;
  std::vector<const EventType*> events_;
  std::map<std::string, std::vector<Evolver>> evolvers_;
  std::deque<Operation> operations_;  // deque: cards keep references while the desk grows
  std::vector<Law> laws_;
  std::map<std::string, Words> refusals_;
  std::vector<List> lists_;
  std::vector<Measure> measures_;
  std::vector<Population> populations_;
};

}  // namespace fx
