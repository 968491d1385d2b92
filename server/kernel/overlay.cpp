#include "kernel/overlay.hpp"

namespace fx {
namespace {

/// So many are found faster by looking than by hashing.
constexpr std::size_t few = 24;

}  // namespace

bool Overlay::kernel_owned(const TableType& table) {
  return &table == &table_type<Duty>() || &table == &table_type<Notice>();
}

void Overlay::load(const KeySet& keys) {
  std::vector<RowKey> missing;
  std::vector<RawId> subjects = keys.subjects();
  for (const auto& entry : keys.entries()) {
    if (rows_.try_emplace(entry.key).second) missing.push_back(entry.key);
    if (entry.own && entry.key.table->subject) subjects.push_back(entry.key.id);
  }
  if (!missing.empty())
    store_.load(missing, [&](const RowKey& key, RowPtr row) { rows_[key] = {std::move(row), true, false}; });
  load_subjects(subjects);
}

void Overlay::load_subjects(const std::vector<RawId>& about) {
  std::vector<RawId> missing;
  for (const RawId& id : about)
    if (duties_.try_emplace(id).second) missing.push_back(id);
  if (!missing.empty()) store_.load_open_duties(missing, [&](Duty duty) { adopt(std::move(duty)); });
}

void Overlay::adopt(Duty duty) {
  const RowKey key{&table_type<Duty>(), key_of_no(duty.no)};
  auto& known = duties_[duty.about];
  if (std::ranges::find(known, duty.no) == known.end()) known.push_back(duty.no);
  if (!rows_.contains(key)) rows_[key] = {std::make_shared<const Duty>(std::move(duty)), true, false};
}

void Overlay::declare(const KeySet& keys) {
  declared_.clear();
  subjects_.clear();
  also(keys);
}

void Overlay::also(const KeySet& keys) {
  declared_.insert(declared_.end(), keys.entries().begin(), keys.entries().end());
  subjects_.insert(subjects_.end(), keys.subjects().begin(), keys.subjects().end());
  for (const auto& entry : keys.entries())
    if (entry.own && entry.key.table->subject) subjects_.push_back(entry.key.id);
  declared_at_.clear();
  subjects_at_.clear();
  if (declared_.size() > few)
    for (std::size_t i = 0; i < declared_.size(); ++i) declared_at_.emplace(declared_[i].key, i);
  if (subjects_.size() > few) subjects_at_.insert(subjects_.begin(), subjects_.end());
}

const KeySet::Entry* Overlay::declared(const RowKey& key) const {
  if (!declared_at_.empty()) {
    const auto found = declared_at_.find(key);
    return found != declared_at_.end() ? &declared_[found->second] : nullptr;
  }
  const auto found = std::ranges::find(declared_, key, &KeySet::Entry::key);
  return found != declared_.end() ? &*found : nullptr;
}

bool Overlay::is_subject(const RawId& about) const {
  return subjects_at_.empty() ? std::ranges::find(subjects_, about) != subjects_.end()
                              : subjects_at_.contains(about);
}

const RowPtr& Overlay::current(const RowKey& key) const {
  static const RowPtr none;
  if (!layer_.empty())
    if (const auto layered = layer_.find(key); layered != layer_.end()) return layered->second;
  const auto found = rows_.find(key);
  return found == rows_.end() ? none : found->second.row;
}

const void* Overlay::find_row(const RowKey& key) const {
  FX_ASSERT(
      kernel_owned(*key.table) || declared(key) != nullptr,
      "a decision looked at a row it did not name: " + std::string(key.table->name) + " " + key.id.text());
  return current(key).get();
}

std::vector<const Duty*> Overlay::open_duties(const RawId& about) const {
  FX_ASSERT(is_subject(about), "duties about " + about.text() + " were not named");
  std::vector<const Duty*> out;
  const auto collect = [&](const auto& by_subject) {
    const auto found = by_subject.find(about);
    if (found == by_subject.end()) return;
    for (const No no : found->second) {
      const auto* duty = static_cast<const Duty*>(current({&table_type<Duty>(), key_of_no(no)}).get());
      if (duty != nullptr && is_open(duty->state)) out.push_back(duty);
    }
  };
  collect(duties_);
  collect(layer_duties_);
  return out;
}

RowPtr Overlay::find(const RowKey& key) {
  FX_ASSERT(kernel_owned(*key.table) || declared(key) != nullptr,
            "an event concerns a row its operation did not name: " + std::string(key.table->name) + " " +
                key.id.text());
  return current(key);
}

void Overlay::put(const RowKey& key, RowPtr row) {
  if (!kernel_owned(*key.table)) {
    const KeySet::Entry* entry = declared(key);
    FX_ASSERT(entry != nullptr && entry->own, "an event changes a row its operation does not own: " +
                                                  std::string(key.table->name) + " " + key.id.text());
  }
  const auto [slot, fresh] = layer_.insert_or_assign(key, row);
  if (fresh) layer_order_.push_back(key);
  if (key.table != &table_type<Duty>() || rows_.contains(key) || !fresh) return;
  const auto& duty = *static_cast<const Duty*>(row.get());
  layer_duties_[duty.about].push_back(duty.no);
}

void Overlay::merge() {
  for (const RowKey& key : layer_order_) {
    Slot& slot = rows_[key];
    if (slot.stored && !slot.changed) slot.before = std::move(slot.row);
    slot.row = std::move(layer_.at(key));
    slot.changed = true;
  }
  for (auto& [about, numbers] : layer_duties_) {
    auto& known = duties_[about];
    known.insert(known.end(), numbers.begin(), numbers.end());
  }
  drop();
}

void Overlay::drop() {
  layer_.clear();
  layer_order_.clear();
  layer_duties_.clear();
}

std::vector<RowWrite> Overlay::writes() const {
  std::vector<RowWrite> out;
  for (const auto& [key, slot] : rows_)
    if (slot.changed) out.push_back({key.table, key.id, slot.row, !slot.stored, slot.before});
  std::ranges::sort(out, [](const RowWrite& a, const RowWrite& b) {
    return a.table != b.table ? a.table->name < b.table->name : a.id < b.id;
  });
  return out;
}

}  // namespace fx
