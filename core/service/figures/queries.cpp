#include "core/service/figures/queries.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "core/service/visits/rules.h"
#include "core/store/duties.h"

namespace guanjia {

using namespace literals;

namespace {

// The first day of the group; empty where days are not told apart.
std::string key_of_day(Date day, FigureGrouping by) {
    switch (by) {
        case FigureGrouping::day: return format_date(day);
        case FigureGrouping::week: return format_date(week_of(day));
        case FigureGrouping::month: return format_date(first_of_month(day));
        default: return {};
    }
}

// What was done later than the time asked about had not been done then.
bool done_by(LocalTime done, LocalTime at) { return has_time(done) && done <= at; }

bool response_late(TicketMeasure const& measure, LocalTime at) {
    if (!has_time(measure.response_due)) return false;
    return done_by(measure.responded_at, at) ? measure.responded_at > measure.response_due : measure.response_due < at;
}

bool solution_late(TicketMeasure const& measure, LocalTime at) {
    return measure.solutions_late > 0 || (has_time(measure.solution_due) && measure.solution_due < at);
}

// Half as wide as other numbers: there are two for every ticket, and four thousand years are enough.
using Minutes = std::vector<std::int32_t>;

std::int32_t minutes_of(std::int64_t seconds) {
    constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
    return static_cast<std::int32_t>(std::clamp(seconds / 60, -most, most));
}

std::optional<std::int64_t> median(Minutes& minutes) {
    if (minutes.empty()) return std::nullopt;
    auto const middle = minutes.begin() + static_cast<std::ptrdiff_t>(minutes.size() / 2);
    std::nth_element(minutes.begin(), middle, minutes.end());
    return *middle;
}

// That of several lists together, without making one of them: the part of the range that holds it is found by counting.
std::optional<std::int64_t> median(std::vector<Minutes const*> const& lists) {
    std::int64_t least = std::numeric_limits<std::int32_t>::max();
    std::int64_t most = std::numeric_limits<std::int32_t>::min();
    std::size_t size = 0;
    for (auto const* list : lists) {
        size += list->size();
        for (auto const minutes : *list) {
            least = std::min<std::int64_t>(least, minutes);
            most = std::max<std::int64_t>(most, minutes);
        }
    }
    if (size == 0) return std::nullopt;
    std::array<std::size_t, 1024> parts{};
    auto const width = (most - least) / static_cast<std::int64_t>(parts.size()) + 1;
    auto const part_of = [&](std::int32_t minutes) { return static_cast<std::size_t>((minutes - least) / width); };
    for (auto const* list : lists)
        for (auto const minutes : *list) ++parts[part_of(minutes)];
    auto before = size / 2;
    std::size_t part = 0;
    while (parts[part] <= before) before -= parts[part++];
    Minutes inside;
    inside.reserve(parts[part]);
    for (auto const* list : lists)
        for (auto const minutes : *list)
            if (part_of(minutes) == part) inside.push_back(minutes);
    auto const middle = inside.begin() + static_cast<std::ptrdiff_t>(before);
    std::nth_element(inside.begin(), middle, inside.end());
    return *middle;
}

bool is_case(MeasureBook::Row const& row, FigureCase which, LocalTime at) {
    auto const& measure = row.measure;
    switch (which) {
        case FigureCase::all: return true;
        case FigureCase::open: return !done_by(measure.finished_at, at);
        case FigureCase::response_late: return response_late(measure, at);
        case FigureCase::solution_late: return solution_late(measure, at);
        case FigureCase::reopened: return measure.reopened > 0;
        case FigureCase::recurring: return row.recurring;
        case FigureCase::second_trip: return measure.trips > 1;
        case FigureCase::dissatisfied: return measure.satisfaction == Satisfaction::dissatisfied;
    }
    return false;
}

// Which row of the figures a ticket belongs to: keys are made once for each day, person and category, not for each
// ticket.
class Groups {
public:
    Groups(MeasureBook const& book, FigureGrouping by) : book_{book}, by_{by}, of_category_(book.categories(), none) {}

    std::size_t of(MeasureBook::Row const& row) {
        switch (by_) {
            case FigureGrouping::day:
            case FigureGrouping::week:
            case FigureGrouping::month: {
                auto const at = row.measure.registered_at;
                if (at < day_starts_ || at.seconds >= day_starts_.seconds + seconds_per_day) {
                    auto const day = date_of(at);
                    day_starts_ = start_of(day);
                    of_day_ = known(key_of_day(day, by_));
                }
                return of_day_;
            }
            case FigureGrouping::person: {
                auto const place = of_person_.try_emplace(row.person, none).first;
                if (place->second == none) place->second = known(row.person ? format_id(row.person) : std::string{});
                return place->second;
            }
            case FigureGrouping::category: {
                auto& place = of_category_[row.category];
                if (place == none) place = known(book_.category(row.category));
                return place;
            }
            case FigureGrouping::kind: {
                auto& place = of_kind_[static_cast<std::uint8_t>(row.kind)];
                if (place == none) place = known(std::string{name_of(row.kind)});
                return place;
            }
            case FigureGrouping::none: break;
        }
        return known({});
    }
    std::string const& key(std::size_t group) const { return keys_[group]; }

private:
    static constexpr std::size_t none = SIZE_MAX;
    std::size_t known(std::string key) {
        if (by_ == FigureGrouping::none && !keys_.empty()) return 0;
        auto const place = places_.try_emplace(key, keys_.size());
        if (place.second) keys_.push_back(std::move(key));
        return place.first->second;
    }

    MeasureBook const& book_;
    FigureGrouping by_;
    std::vector<std::string> keys_;
    std::map<std::string, std::size_t> places_;
    LocalTime day_starts_{std::numeric_limits<std::int64_t>::max() - seconds_per_day};
    std::size_t of_day_ = none;
    std::unordered_map<AnyId, std::size_t> of_person_;
    std::vector<std::size_t> of_category_;
    std::array<std::size_t, 256> of_kind_ = filled();
    static std::array<std::size_t, 256> filled() {
        std::array<std::size_t, 256> places;
        places.fill(none);
        return places;
    }
};

template <class Visit>
void for_each_asked(MeasureBook const& book, FigureQuery const& query, Visit const& visit) {
    book.visit(start_of(query.days.first), start_of(add_days(query.days.last, 1)), [&](MeasureBook::Row const& row) {
        if (query.kind == TicketKind::none || query.kind == row.kind) visit(row);
    });
}

MeasureBook book_of(Database& database, FigureQuery const& query) {
    MeasureBook book;
    book.load_days(database, start_of(query.days.first), start_of(add_days(query.days.last, 1)));
    return book;
}

}  // namespace

std::vector<FigureRow> figure_rows(Database& database, FigureQuery const& query, LocalTime at) {
    return figure_rows(book_of(database, query), query, at);
}

namespace {

// A row while it is counted, with all of what its medians are of.
class Count {
public:
    void add(MeasureBook::Row const& ticket, LocalTime at) {
        auto const& measure = ticket.measure;
        ++row_.tickets;
        row_.open += is_case(ticket, FigureCase::open, at);
        if (done_by(measure.responded_at, at))
            responses_.push_back(minutes_of(measure.responded_at.seconds - measure.registered_at.seconds));
        if (has_time(measure.response_due) && (done_by(measure.responded_at, at) || measure.response_due < at)) {
            ++row_.responses;
            row_.responses_kept += !response_late(measure, at);
        }
        if (done_by(measure.finished_at, at))
            handlings_.push_back(
                minutes_of(measure.finished_at.seconds - measure.registered_at.seconds - measure.waited_seconds));
        row_.solutions += measure.solutions_kept + measure.solutions_late;
        row_.solutions_kept += measure.solutions_kept;
        if (has_time(measure.solution_due) && measure.solution_due < at) ++row_.solutions;
        row_.waited_minutes += measure.waited_seconds / 60;
        row_.reopened += measure.reopened > 0;
        row_.recurring += ticket.recurring;
        row_.repairs += measure.trips > 0;
        row_.second_trips += measure.trips > 1;
        row_.answers += measure.satisfaction != Satisfaction::none;
        row_.satisfied +=
            measure.satisfaction == Satisfaction::very_satisfied || measure.satisfaction == Satisfaction::satisfied;
        row_.dissatisfied += measure.satisfaction == Satisfaction::dissatisfied;
    }

    FigureRow finished(std::string key) && {
        row_.key = std::move(key);
        row_.response_minutes = median(responses_);
        row_.handling_minutes = median(handlings_);
        return std::move(row_);
    }

    // Of all tickets.
    static FigureRow total(std::vector<Count> const& counts) {
        static constexpr std::int64_t FigureRow::*sums[] = {
            &FigureRow::tickets,        &FigureRow::open,        &FigureRow::responses_kept, &FigureRow::responses,
            &FigureRow::solutions_kept, &FigureRow::solutions,   &FigureRow::waited_minutes, &FigureRow::reopened,
            &FigureRow::recurring,      &FigureRow::repairs,     &FigureRow::second_trips,   &FigureRow::answers,
            &FigureRow::satisfied,      &FigureRow::dissatisfied};
        FigureRow total;
        std::vector<Minutes const*> responses, handlings;
        for (auto const& count : counts) {
            for (auto const sum : sums) total.*sum += count.row_.*sum;
            responses.push_back(&count.responses_);
            handlings.push_back(&count.handlings_);
        }
        total.response_minutes = median(responses);
        total.handling_minutes = median(handlings);
        return total;
    }

private:
    FigureRow row_;
    Minutes responses_, handlings_;
};

std::vector<Count> counts_of(MeasureBook const& book, Groups& groups, FigureQuery const& query, LocalTime at) {
    std::vector<Count> counts;
    for_each_asked(book, query, [&](MeasureBook::Row const& ticket) {
        auto const group = groups.of(ticket);
        if (group == counts.size()) counts.emplace_back();
        counts[group].add(ticket, at);
    });
    return counts;
}

std::vector<FigureRow> rows_of(std::vector<Count> counts, Groups const& groups) {
    std::vector<FigureRow> rows;
    for (std::size_t group = 0; group < counts.size(); ++group)
        rows.push_back(std::move(counts[group]).finished(groups.key(group)));
    std::sort(rows.begin(), rows.end(),
              [](FigureRow const& left, FigureRow const& right) { return left.key < right.key; });
    return rows;
}

}  // namespace

std::vector<FigureRow> figure_rows(MeasureBook const& book, FigureQuery const& query, LocalTime at) {
    Groups groups{book, query.by};
    return rows_of(counts_of(book, groups, query, at), groups);
}

FigureTable figure_table(MeasureBook const& book, FigureQuery const& query, LocalTime at) {
    Groups groups{book, query.by};
    auto counts = counts_of(book, groups, query, at);
    FigureTable table;
    if (counts.empty()) return table;
    table.total = Count::total(counts);
    table.rows = rows_of(std::move(counts), groups);
    return table;
}

// GEN-S3. Much is said in the same words on the same day or by the same person: it is read once and counted.
std::vector<SurveyRow> survey_rows(Database& database, DayRange days, FigureGrouping by) {
    std::unordered_set<AnyId> voided;
    auto voidings = database.prepare("SELECT record FROM voiding");
    while (voidings.step()) voided.insert(voidings.id(0));
    auto visits = database.prepare(
        "SELECT occurred_at, satisfaction, answers, recorded_by, id, ticket FROM return_visit WHERE occurred_at >= ?1 "
        "AND occurred_at < ?2 ORDER BY occurred_at");
    visits.bind(start_of(days.first).seconds).bind(start_of(add_days(days.last, 1)).seconds);
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    struct Said {
        std::array<std::int64_t, 5> overall{};  // by satisfaction
        std::unordered_map<std::string, std::int64_t, TextHash, std::equal_to<>> answers;
    };
    std::unordered_map<std::int64_t, Said> of_day;
    std::unordered_map<AnyId, Said> of_person;
    Said* said_that_day = nullptr;
    LocalTime day_ends;
    while (visits.step()) {
        if (!voided.empty() && (voided.contains(visits.id(4)) || voided.contains(visits.id(5)))) continue;
        if (auto const time = visits.time(0); by != FigureGrouping::person && (!said_that_day || time >= day_ends)) {
            auto const date = date_of(time);
            said_that_day = &of_day[to_day_number(date)];
            day_ends = start_of(add_days(date, 1));
        }
        auto& said = said_that_day ? *said_that_day : of_person[visits.is_null(3) ? AnyId{} : visits.id(3)];
        if (auto const overall = visits.integer(1); overall > 0 && overall < 5)
            ++said.overall[static_cast<std::size_t>(overall)];
        auto const answers = visits.text(2);
        if (answers.empty()) continue;
        if (auto const known = said.answers.find(answers); known != said.answers.end()) ++known->second;
        else said.answers.emplace(answers, 1);
    }
    std::map<std::pair<std::string, std::string>, SurveyRow> rows;
    auto const count = [&](std::string const& key, std::string const& question, Satisfaction satisfaction,
                           std::int64_t times) {
        if (satisfaction == Satisfaction::none || times == 0) return;
        auto& row = rows[{key, question}];
        row.key = key;
        row.question = question;
        row.answers += times;
        if (satisfaction == Satisfaction::very_satisfied || satisfaction == Satisfaction::satisfied)
            row.satisfied += times;
        if (satisfaction == Satisfaction::dissatisfied) row.dissatisfied += times;
        row.points += (5 - static_cast<std::int64_t>(satisfaction)) * times;
    };
    auto const count_all = [&](std::string const& key, Said const& said) {
        for (std::size_t overall = 1; overall < said.overall.size(); ++overall)
            count(key, {}, static_cast<Satisfaction>(overall), said.overall[overall]);
        for (auto const& [words, times] : said.answers)
            for (auto const& answer : answers_in(words)) count(key, answer.question, answer.satisfaction, times);
    };
    for (auto const& [day, said] : of_day) count_all(key_of_day(*from_day_number(day), by), said);
    for (auto const& [person, said] : of_person) count_all(person ? format_id(person) : std::string{}, said);
    std::vector<SurveyRow> found;
    for (auto& [key, row] : rows) found.push_back(std::move(row));
    return found;
}

std::optional<Clause> clause_of(FigureCase which) {
    static constexpr Clause efficiency = "GEN-S1"_clause;
    static constexpr Clause quality = "GEN-S2"_clause;
    static constexpr Clause satisfaction = "GEN-S3"_clause;
    switch (which) {
        case FigureCase::response_late:
        case FigureCase::solution_late:
        case FigureCase::second_trip: return efficiency;
        case FigureCase::reopened:
        case FigureCase::recurring: return quality;
        case FigureCase::dissatisfied: return satisfaction;
        case FigureCase::all:
        case FigureCase::open: return std::nullopt;
    }
    return std::nullopt;
}

std::vector<FigureCaseLine> figure_cases(Database& database, FigureQuery const& query, std::string_view key,
                                         FigureCase which, LocalTime at, std::size_t limit) {
    return figure_cases(database, book_of(database, query), query, key, which, at, limit);
}

std::vector<FigureCaseLine> figure_cases(Database& database, MeasureBook const& book, FigureQuery const& query,
                                         std::string_view key, FigureCase which, LocalTime at, std::size_t limit) {
    Groups groups{book, query.by};
    std::vector<AnyId> tickets;
    for_each_asked(book, query, [&](MeasureBook::Row const& row) {
        if (is_case(row, which, at) && (key.empty() || groups.key(groups.of(row)) == key))
            tickets.push_back(row.ticket);
    });
    // The book runs from the oldest on.
    std::reverse(tickets.begin(), tickets.end());
    std::vector<FigureCaseLine> lines;
    for (auto const ticket : tickets) {
        if (lines.size() == limit) break;
        auto statement = database.prepare("SELECT number, words, occurred_at FROM ticket WHERE id = ?");
        statement.bind(ticket);
        if (statement.step())
            lines.push_back({Id<Ticket>{ticket}, std::string{statement.text(0)}, std::string{statement.text(1)},
                             LocalTime{statement.integer(2)}});
    }
    return lines;
}

DayRange days_of_row(std::string_view key, FigureGrouping by, DayRange days) {
    auto const first = parse_date(key);
    if (!first) return days;
    auto last = *first;
    if (by == FigureGrouping::week) last = add_days(*first, 6);
    if (by == FigureGrouping::month) last = add_days(first_of_month(*first, 1), -1);
    return {std::max(*first, days.first), std::min(last, days.last)};
}

// GEN-S4: nothing is hidden in a sum.
std::vector<ComplianceRow> compliance_rows(Database& database, DayRange days, LocalTime at, FigureGrouping by) {
    std::map<std::pair<std::string, Clause>, ComplianceRow> rows;
    auto const row_of = [&](std::string const& key, Clause clause) -> ComplianceRow& {
        auto& row = rows[{key, clause}];
        row.key = key;
        row.clause = clause;
        return row;
    };
    DayRange part{days.first, add_days(days.first, -1)};
    while (part.last < days.last) {
        auto const key = key_of_day(add_days(part.last, 1), by);
        part = days_of_row(key, by, days);
        for (auto const& count : count_duties(database, at, {part})) {
            auto& row = row_of(key, count.clause);
            row.kept = count.kept;
            row.late = count.late;
            row.missed = count.overdue;
            row.open = count.open;
            row.overridden = count.overridden;
        }
    }
    auto refusals = database.prepare(
        "SELECT clause, at / 86400 AS day, count(*) FROM base_refusal WHERE at >= ?1 AND at < ?2 AND clause IS NOT "
        "NULL GROUP BY clause, day");
    refusals.bind(start_of(days.first).seconds).bind(start_of(add_days(days.last, 1)).seconds);
    while (refusals.step())
        if (auto const clause = find_clause(refusals.text(0)))
            row_of(key_of_day(*from_day_number(refusals.integer(1)), by), *clause).refused += refusals.integer(2);
    std::vector<ComplianceRow> found;
    for (auto& [key, row] : rows) found.push_back(std::move(row));
    return found;
}

}  // namespace guanjia
