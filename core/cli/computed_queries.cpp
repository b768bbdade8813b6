#include "core/cli/computed_queries.h"

#include <algorithm>

#include "core/service/figures/queries.h"

namespace guanjia {

namespace {

// Each row as its JSON.
template <class Rows, class Show>
int print_rows(Session& session, Result<Rows> const& rows, Show const& show) {
    if (!rows) return session.refused(rows.error(), exit_unusable);
    for (auto const& row : *rows) session.print(show(row));
    return exit_accepted;
}

int conflicts(Session& session, Desk& desk) {
    return print_rows(session, desk.conflicts(), [](Conflict const& conflict) { return json_of(conflict); });
}

int desks(Session& session, Desk& desk) {
    return print_rows(session, desk_standings(desk), [](DeskStanding const& standing) { return json_of(standing); });
}

// "from=2026-03-01 to=2026-03-31 by=week": of these days, each day, week or month by itself when asked.
int compliance_of_days(Session& session, Desk& desk) {
    DayRange days{first_of_month(date_of(desk.now())), date_of(desk.now())};
    auto by = FigureGrouping::none;
    for (std::size_t index = 2; index < session.words(); ++index) {
        auto const& word = session.word(index);
        auto const equals = std::min(word.find('='), word.size());
        auto const name = word.substr(0, equals);
        auto const text = word.substr(std::min(equals + 1, word.size()));
        if (name == "from" || name == "to") {
            auto const date = parse_date(text);
            if (!date) return session.refused(refuse("input.date", {name}, {{"text", text}}).value(), exit_unusable);
            (name == "from" ? days.first : days.last) = *date;
        } else if (name == "by") {
            for (auto const grouping : {FigureGrouping::day, FigureGrouping::week, FigureGrouping::month})
                if (text == name_of(grouping)) by = grouping;
            if (by == FigureGrouping::none)
                return session.refused(refuse("input.unreadable", {name}, {{"field", name}}).value(), exit_unusable);
        } else {
            return session.refused(refuse("query.unknown-argument", {name}, {{"field", name}}).value(), exit_unusable);
        }
    }
    for (auto const& row : compliance_rows(desk.database(), days, desk.now(), by)) {
        auto json = Json::object();
        if (by != FigureGrouping::none) json[std::string{name_of(by)}] = row.key;
        json.update({{"clause", row.clause.id()},
                     {"kept", row.kept},
                     {"late", row.late},
                     {"missed", row.missed},
                     {"open", row.open},
                     {"overridden", row.overridden},
                     {"refused", row.refused}});
        session.print(json);
    }
    return exit_accepted;
}

int compliance(Session& session, Desk& desk) {
    if (session.words() > 2) return compliance_of_days(session, desk);
    return print_rows(session, desk.figures(desk.now()), [](DutyCount const& count) {
        return Json{{"clause", count.clause.id()}, {"kept", count.kept},       {"late", count.late},
                    {"open", count.open},          {"overdue", count.overdue}, {"overridden", count.overridden}};
    });
}

int refusals(Session& session, Desk& desk) {
    return print_rows(session, desk.refusals(), [&](RefusalRow const& row) {
        return Json{{"at", format_time(row.at)}, {"by", row.person ? Json(desk.number_of(row.person)) : Json(nullptr)},
                    {"command", row.command},    {"clause", row.clause.empty() ? Json(nullptr) : Json(row.clause)},
                    {"reason", row.reason},      {"fields", row.fields}};
    });
}

int parameters(Session& session, Desk& desk) {
    auto const& known = desk.projection().rules().parameters();
    for (std::size_t index = 0; index < all_parameters().size(); ++index) {
        auto const& row = all_parameters()[index];
        auto const parameter = static_cast<Parameter>(index);
        Json json{{"name", row.name},
                  {"clause", row.clause},
                  {"value", known.at(parameter, date_of(desk.now()))},
                  {"unit", row.unit},
                  {"default", row.by_default},
                  {"minimum", row.minimum},
                  {"maximum", row.maximum},
                  {"means", session.language == Language::chinese ? row.zh : row.en}};
        auto& history = json["history"] = Json::array();
        for (auto const& change : known.history(parameter))
            history.push_back({{"from", format_date(change.effective_from)}, {"value", change.value}});
        session.print(json);
    }
    return exit_accepted;
}

int wordings(Session& session, Desk& desk) {
    auto const& known = desk.projection().rules().wordings();
    for (auto const& row : all_wordings()) {
        auto const bounds = bounds_of(row.kind);
        Json json{{"name", row.name},
                  {"clause", row.clause},
                  {"text", known.at(row, date_of(desk.now()))},
                  {"default", row.text.zh},
                  {"most_parts", bounds.most},
                  {"most_characters", bounds.characters},
                  {"means", title_of(row, session.language)}};
        auto& history = json["history"] = Json::array();
        for (auto const& change : known.history(row))
            history.push_back({{"from", format_date(change.effective_from)},
                               {"text", change.text},
                               {"reason", change.reason},
                               {"by", change.by ? Json(desk.number_of(change.by)) : Json(nullptr)}});
        session.print(json);
    }
    return exit_accepted;
}

int survey(Session& session, Desk& desk) {
    auto const rows = guarded([&]() -> Result<std::vector<SurveyRow>> {
        return survey_rows(desk.database(), {make_date(1970, 1, 1), date_of(desk.now())}, FigureGrouping::month);
    });
    return print_rows(session, rows, [](SurveyRow const& row) {
        return Json{{"month", row.key},
                    {"question", row.question.empty() ? Json(nullptr) : Json(row.question)},
                    {"answers", row.answers},
                    {"satisfied", row.satisfied},
                    {"dissatisfied", row.dissatisfied},
                    {"points", row.points}};
    });
}

int forks_kept(Session& session, Desk& desk) {
    for (auto const& fork : forks(desk.database()))
        session.print({{"incarnation", format_incarnation(fork.incarnation)},
                       {"number", fork.number},
                       {"hash", format_hash(fork.hash)},
                       {"found_at", format_time(fork.found_at)}});
    return exit_accepted;
}

int quarantine(Session& session, Desk& desk) {
    for (auto const& file : quarantined(desk.database()))
        session.print({{"digest", format_hash(file.digest)},
                       {"incarnation", format_incarnation(file.incarnation)},
                       {"first", file.range.first},
                       {"last", file.range.last},
                       {"until", format_time(from_unix_milliseconds(file.ahead_until))},
                       {"found_at", format_time(file.found_at)}});
    return exit_accepted;
}

int guards(Session& session, Desk&) {
    for (auto const& guard : all_guards()) session.print(json_of(guard, session.language));
    return exit_accepted;
}

constexpr ComputedQuery queries[] = {
    {"conflicts", conflicts},   {"desks", desks},      {"compliance", compliance}, {"refusals", refusals},
    {"parameters", parameters}, {"forks", forks_kept}, {"quarantine", quarantine}, {"wordings", wordings},
    {"survey", survey},         {"guards", guards},
};

}  // namespace

std::span<ComputedQuery const> computed_queries() { return queries; }

ComputedQuery const* find_computed_query(std::string_view name) {
    for (auto const& query : queries)
        if (query.name == name) return &query;
    return nullptr;
}

}  // namespace guanjia
