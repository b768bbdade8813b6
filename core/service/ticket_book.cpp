#include "core/service/ticket_book.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace guanjia {

using namespace literals;

namespace {

// The texts of a line, in the order in which a row keeps them.
constexpr std::size_t text_count = 6;
using Texts = std::array<std::string_view, text_count>;

Texts texts_of(TicketLine const& line) {
    return {line.number, line.unit, line.customer, line.words, line.category, line.origin};
}

// Behind each text, so that no two of them make a third that neither has.
constexpr char text_end = '\0';

// Lengths are written in seven bits a byte: nearly always one of them.
std::size_t length_size(std::size_t length) {
    std::size_t size = 1;
    while (length >= 0x80) {
        length >>= 7;
        ++size;
    }
    return size;
}

char* put_length(char* to, std::size_t length) {
    for (; length >= 0x80; length >>= 7) *to++ = static_cast<char>(0x80 | (length & 0x7F));
    *to++ = static_cast<char>(length);
    return to;
}

std::size_t take_length(char const*& from) {
    std::size_t length = 0;
    for (unsigned shift = 0;; shift += 7) {
        auto const byte = static_cast<unsigned char>(*from++);
        length |= std::size_t{byte & 0x7Fu} << shift;
        if (byte < 0x80) return length;
    }
}

}  // namespace

bool awaits_visit(TicketLine const& line) { return line.next_clause == "RV-4.1"_clause; }

bool TicketBook::follow(Database& database, ChangeFeed const& feed, LocalTime at, std::size_t budget) {
    if (auto const changes = feed.since(position_)) collect_tickets(database, *changes, stale_);
    else begin(at);
    position_ = feed.end();
    // A clock may also be set back, and what had opened has not.
    if (at != at_)
        for (auto const subject : subjects_turning(database, std::min(at, at_), std::max(at, at_)))
            stale_.insert(subject);
    at_ = at;

    while (budget > 0 && !stale_.empty()) {
        auto const ticket = *stale_.begin();
        load(database, Id<Ticket>{ticket});
        stale_.erase(ticket);
        --budget;
    }
    while (budget > 0 && phase_ != Phase::loaded)
        budget -= phase_ == Phase::waiting ? load_waiting(database, budget) : load_newest(database, budget);
    return complete();
}

void TicketBook::clear() {
    auto const revision = revision_;
    auto changed = std::move(changed_);
    for (auto const& row : rows_) changed.push_back(row.id);
    *this = {};
    revision_ = revision + 1;
    changed_ = std::move(changed);
}

void TicketBook::begin(LocalTime at) {
    phase_ = Phase::waiting;
    at_ = at;
    waiting_mark_ = {};
    newest_mark_ = {};
    stale_.clear();
    // What is here stays in view until it has been looked at again.
    for (auto& row : rows_) row.seen = false;
}

void TicketBook::load(Database& database, Id<Ticket> ticket) {
    if (auto const line = ticket_line(database, ticket, at_)) return put(*line);
    if (auto const place = find(ticket)) remove(*place);
}

std::size_t TicketBook::load_waiting(Database& database, std::size_t budget) {
    auto const subjects = subjects_waiting(database, waiting_mark_, budget);
    if (subjects.empty()) phase_ = Phase::newest;
    for (auto const subject : subjects)
        if (!is_fresh(subject)) load(database, Id<Ticket>{subject});
    return subjects.size();
}

std::size_t TicketBook::load_newest(Database& database, std::size_t budget) {
    auto const lines = ticket_lines_after(database, newest_mark_, budget, at_);
    for (auto const& line : lines)
        if (!is_fresh(line.id.any)) put(line);
    if (lines.empty()) {
        drop_unseen();
        phase_ = Phase::loaded;
    }
    return lines.size();
}

void TicketBook::drop_unseen() {
    for (auto place = rows_.size(); place-- > 0;)
        if (!rows_[place].seen) remove(static_cast<Place>(place));
}

bool TicketBook::is_fresh(AnyId ticket) const {
    auto const place = index_.find(rows_, ticket);
    return place && rows_[*place].seen;
}

void TicketBook::put(TicketLine const& line) {
    auto row = packed(line);
    auto const place = index_.find(rows_, row.id);
    if (!place) {
        ++revision_;
        changed_.push_back(row.id);
        count(row, +1);
        // By a quarter, not twofold: few tickets come, and there may be many.
        if (rows_.size() == rows_.capacity()) rows_.reserve(rows_.size() + rows_.size() / 4 + 64);
        if (newest_.size() == newest_.capacity()) newest_.reserve(newest_.size() + newest_.size() / 4 + 64);
        newest_.insert(place_in_order(row), static_cast<Place>(rows_.size()));
        rows_.push_back(std::move(row));
        return index_.added(rows_);
    }
    auto& present = rows_[*place];
    present.seen = true;
    auto const same = present.registered_at == row.registered_at && present.next_due == row.next_due &&
                      present.responsible == row.responsible && present.recurring == row.recurring &&
                      present.next_clause == row.next_clause && present.kind == row.kind &&
                      present.state == row.state && present.priority == row.priority && present.open == row.open &&
                      present.valid == row.valid && present.size == row.size &&
                      std::memcmp(present.texts.get(), row.texts.get(), row.size) == 0;
    if (same) return;
    ++revision_;
    changed_.push_back(row.id);
    count(present, -1);
    count(row, +1);
    if (present.registered_at != row.registered_at) {
        newest_.erase(place_in_order(present));
        newest_.insert(place_in_order(row), *place);
    }
    present = std::move(row);
}

void TicketBook::remove(Place place) {
    ++revision_;
    changed_.push_back(rows_[place].id);
    count(rows_[place], -1);
    index_.remove(rows_, place);
    newest_.erase(place_in_order(rows_[place]));
    // The last one comes here. Only when this one is out of the order is what is searched an order throughout.
    if (place + 1 != rows_.size()) {
        *place_in_order(rows_.back()) = place;
        rows_[place] = std::move(rows_.back());
    }
    rows_.pop_back();
}

void TicketBook::count(Row const& row, int by) {
    to_do_count_ += passes(row, TicketFilter::to_do) ? by : 0;
    texts_size_ += by * static_cast<std::ptrdiff_t>(row.size);
}

TicketBook::Row TicketBook::packed(TicketLine const& line) {
    auto const texts = texts_of(line);
    std::size_t size = 0;
    for (auto const text : texts) size += length_size(text.size()) + text.size() + 1;
    Row row;
    row.id = line.id.any;
    row.registered_at = line.registered_at;
    row.next_due = line.next_due;
    row.texts.reset(new char[size]);
    row.size = static_cast<std::uint32_t>(size);
    auto* to = row.texts.get();
    for (auto const text : texts) to = put_length(to, text.size());
    for (auto const text : texts) {
        to = std::copy(text.begin(), text.end(), to);
        *to++ = text_end;
    }
    auto const person =
        place_of_person_.try_emplace(line.responsible, static_cast<std::uint32_t>(people_.size())).first;
    if (person->second == people_.size()) people_.push_back(line.responsible);
    row.responsible = person->second;
    row.recurring = static_cast<std::uint32_t>(line.recurring);
    row.next_clause = line.next_clause;
    row.kind = line.kind;
    row.state = line.state;
    row.priority = line.priority;
    row.open = line.open;
    row.valid = line.valid;
    row.seen = true;
    return row;
}

std::string_view TicketBook::texts_in(Row const& row) {
    auto const* texts = row.texts.get();
    for (std::size_t index = 0; index < text_count; ++index) take_length(texts);
    return {texts, static_cast<std::size_t>(row.texts.get() + row.size - texts)};
}

TicketLine TicketBook::line(Place place) const {
    auto const& row = rows_[place];
    TicketLine line;
    line.id = Id<Ticket>{row.id};
    auto const* lengths = row.texts.get();
    auto const* texts = texts_in(row).data();
    for (auto* text : {&line.number, &line.unit, &line.customer, &line.words, &line.category, &line.origin}) {
        auto const length = take_length(lengths);
        text->assign(texts, length);
        texts += length + 1;
    }
    line.kind = row.kind;
    line.state = row.state;
    line.priority = row.priority;
    line.registered_at = row.registered_at;
    line.recurring = row.recurring;
    line.responsible = people_[row.responsible];
    line.open = row.open;
    line.valid = row.valid;
    line.next_clause = row.next_clause;
    line.next_due = row.next_due;
    return line;
}

std::optional<TicketBook::Place> TicketBook::find(Id<Ticket> ticket) const { return index_.find(rows_, ticket.any); }

bool TicketBook::passes(Row const& row, TicketFilter filter) {
    auto const to_visit = row.next_clause == "RV-4.1"_clause;
    switch (filter) {
        case TicketFilter::to_do: return row.open || to_visit;
        case TicketFilter::to_visit: return to_visit;
        case TicketFilter::finished: return !row.open;
        default: return true;
    }
}

bool TicketBook::comes_before(Row const& left, Row const& right) {
    if (left.registered_at != right.registered_at) return left.registered_at > right.registered_at;
    return left.id < right.id;
}

// Where the line of the row stands in newest_, or would stand.
std::vector<TicketBook::Place>::iterator TicketBook::place_in_order(Row const& row) {
    return std::lower_bound(newest_.begin(), newest_.end(), row,
                            [this](Place place, Row const& wanted) { return comes_before(rows_[place], wanted); });
}

std::vector<TicketBook::Place> TicketBook::list(TicketFilter filter, std::string_view text) const {
    // Those that wait for something are few: only they are sorted.
    std::vector<Place> places;
    std::vector<Place> rest;
    for (auto const place : newest_) {
        auto const& row = rows_[place];
        if (!passes(row, filter) || (!text.empty() && texts_in(row).find(text) == std::string_view::npos)) continue;
        (has_time(row.next_due) ? places : rest).push_back(place);
    }
    std::stable_sort(places.begin(), places.end(),
                     [this](Place left, Place right) { return rows_[left].next_due < rows_[right].next_due; });
    places.insert(places.end(), rest.begin(), rest.end());
    return places;
}

std::size_t TicketBook::bytes() const {
    return rows_.capacity() * sizeof(Row) + newest_.capacity() * sizeof(Place) + static_cast<std::size_t>(texts_size_) +
           index_.bytes();
}

std::size_t TicketBook::Index::home(AnyId id) const {
    // Counters of one desk differ in their middle bits; all are mixed into the upper ones.
    auto mixed = (id.incarnation ^ (id.counter * 0x9E3779B97F4A7C15ULL)) * 0xFF51AFD7ED558CCDULL;
    mixed ^= mixed >> 32;
    return static_cast<std::size_t>(mixed) & (slots_.size() - 1);
}

std::size_t TicketBook::Index::slot_of(std::vector<Row> const& rows, AnyId id) const {
    auto slot = home(id);
    while (slots_[slot] != 0 && rows[slots_[slot] - 1].id != id) slot = (slot + 1) & (slots_.size() - 1);
    return slot;
}

std::optional<TicketBook::Place> TicketBook::Index::find(std::vector<Row> const& rows, AnyId id) const {
    if (slots_.empty()) return std::nullopt;
    auto const found = slots_[slot_of(rows, id)];
    return found == 0 ? std::nullopt : std::optional{found - 1};
}

void TicketBook::Index::added(std::vector<Row> const& rows) {
    constexpr std::size_t least = 64;
    if (rows.size() * 3 > slots_.size() * 2) {
        // Three quarters full at most, and that only just before it grows.
        slots_.assign(std::max(least, slots_.size() * 2), 0);
        for (std::size_t place = 0; place + 1 < rows.size(); ++place)
            slots_[slot_of(rows, rows[place].id)] = static_cast<Place>(place + 1);
    }
    slots_[slot_of(rows, rows.back().id)] = static_cast<Place>(rows.size());
}

void TicketBook::Index::remove(std::vector<Row> const& rows, Place place) {
    auto const mask = slots_.size() - 1;
    auto hole = slot_of(rows, rows[place].id);
    // What was pushed on by the one that goes moves up, so that no search ends early.
    for (auto slot = (hole + 1) & mask; slots_[slot] != 0; slot = (slot + 1) & mask) {
        auto const pushed = (slot - home(rows[slots_[slot] - 1].id)) & mask;
        if (pushed < ((slot - hole) & mask)) continue;
        slots_[hole] = slots_[slot];
        hole = slot;
    }
    slots_[hole] = 0;
    if (place + 1 != rows.size()) slots_[slot_of(rows, rows.back().id)] = place + 1;
}

}  // namespace guanjia
