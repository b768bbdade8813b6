#include "core/cli/cli.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "core/base/text.h"
#include "core/cli/arguments.h"
#include "core/cli/computed_queries.h"
#include "core/cli/import_table.h"
#include "core/cli/photo_folder.h"
#include "core/desk/documents.h"
#include "core/desk/undo.h"
#include "core/procedure/catalogue.h"
#include "core/service/photos/queries.h"
#include "core/service/visits/rules.h"
#include "generated/clause_marks.h"

namespace guanjia {

namespace {

Desk::Options options_of(Session& session) {
    Desk::Options options;
    if (auto const now = session.arguments.option("--now")) {
        auto const time = parse_time(*now);
        if (time) options.clock = [milliseconds = to_unix_milliseconds(*time)] { return milliseconds; };
    }
    return options;
}

}  // namespace

Result<std::unique_ptr<Desk>> open_desk(Session& session) {
    auto desk = Desk::open(session.word(0), options_of(session));
    if (!desk) return desk;
    if (auto finished = finish_import(**desk); !finished) return tl::unexpected{finished.error()};
    return desk;
}

namespace {

int init(Session& session) {
    auto const& arguments = session.arguments;
    DeskIdentity identity;
    identity.centre_code = arguments.option("--centre").value_or("");
    identity.centre_name = arguments.option("--name").value_or("");
    static constexpr Field number = column("desk", FieldType::integer);
    if (auto const value = parse_value(number, arguments.option("--desk").value_or("")); value && !is_empty(*value))
        identity.number = std::get<std::int64_t>(*value);
    // A centre called HQ is headquarters without being told.
    identity.headquarters = arguments.has("--headquarters") || identity.centre_code == "HQ";
    auto const desk = Desk::create(session.word(0), std::move(identity), options_of(session));
    if (!desk) return session.refused(desk.error(), exit_unusable);
    auto const& made = (*desk)->identity();
    session.print({{"ok", true},
                   {"centre", made.centre_code},
                   {"name", made.centre_name},
                   {"desk", made.number},
                   {"incarnation", format_incarnation(made.incarnation)},
                   {"headquarters", made.headquarters}});
    return exit_accepted;
}

// A line, at most line_limit bytes of it; the rest of a longer one is skipped and told.
bool read_line(std::istream& in, std::string& line, bool& too_long) {
    line.clear();
    too_long = false;
    auto* buffer = in.rdbuf();
    for (;;) {
        auto const next = buffer->sbumpc();
        if (next == std::istream::traits_type::eof()) return !line.empty() || too_long;
        if (next == '\n') return true;
        if (line.size() < line_limit) line += static_cast<char>(next);
        else too_long = true;
    }
}

// An erased person's photos are named by nothing any more.
void forget_unnamed_photos(Session& session, Desk& desk) {
    PhotoFolder{session.word(0)}.forget([&](Hash const& hash) { return !is_photo_named(desk.database(), hash); });
}

int exec(Session& session) {
    std::ifstream file;
    auto const from_file = session.words() > 1 && session.word(1) != "-";
    if (from_file) {
        file.open(session.word(1), std::ios::binary);
        if (!file)
            return session.refused(refuse("input.no-file", {"file"}, {{"file", session.word(1)}}).value(),
                                   exit_unusable);
    }
    auto desk = open_desk(session);
    if (!desk) return session.refused(desk.error(), exit_unusable);
    auto& in = from_file ? static_cast<std::istream&>(file) : session.in;
    auto code = exit_accepted;
    std::string line;
    auto too_long = false;
    while (read_line(in, line, too_long)) {
        if (trimmed(line).empty()) continue;
        auto const request = too_long ? Result<Request>{refuse("input.line-too-long")} : read_request(line);
        if (!request) {
            session.refused(request.error());
            code = exit_unusable;
            continue;
        }
        auto const accepted = (*desk)->submit(*request);
        if (!accepted) {
            session.refused(accepted.error());
            if (code == exit_accepted) code = exit_refused;
            continue;
        }
        session.print(json_of(*accepted));
    }
    forget_unnamed_photos(session, **desk);
    return code;
}

int undo(Session& session) {
    auto desk = open_desk(session);
    if (!desk) return session.refused(desk.error(), exit_unusable);
    static constexpr Field number = column("entry", FieldType::integer);
    auto const entry = parse_value(number, session.word(1));
    if (!entry || is_empty(*entry) || std::get<std::int64_t>(*entry) < 1)
        return session.refused(refuse("input.unreadable", {"entry"}, {{"field", "entry"}}).value(), exit_unusable);
    auto const request = undo_request(**desk, static_cast<std::uint64_t>(std::get<std::int64_t>(*entry)),
                                      session.arguments.option("--by").value_or(""), session.language);
    if (!request) return session.refused(request.error());
    auto const accepted = (*desk)->submit(*request);
    if (!accepted) return session.refused(accepted.error());
    session.print(json_of(*accepted));
    return exit_accepted;
}

int query(Session& session) {
    if (session.words() < 2) return exit_unusable;
    auto desk = open_desk(session);
    if (!desk) return session.refused(desk.error(), exit_unusable);
    if (auto const* computed = find_computed_query(session.word(1))) return computed->run(session, **desk);
    Arguments arguments;
    for (std::size_t index = 2; index < session.words(); ++index) {
        auto const& word = session.word(index);
        auto const equals = word.find('=');
        if (equals == std::string::npos)
            return session.refused(refuse("query.argument", {word}, {{"word", word}}).value(), exit_unusable);
        arguments.emplace_back(word.substr(0, equals), word.substr(equals + 1));
    }
    auto const result =
        (*desk)->query(session.word(1), arguments, [&](Row const& row) { session.print(json_of(row)); });
    return result ? exit_accepted : session.refused(result.error(), exit_unusable);
}

int duties(Session& session) {
    auto desk = open_desk(session);
    if (!desk) return session.refused(desk.error(), exit_unusable);
    auto at = (*desk)->now();
    if (auto const text = session.arguments.option("--at")) {
        auto const time = parse_time(*text);
        if (!time) return session.refused(refuse("input.time", {"at"}, {{"text", *text}}).value(), exit_unusable);
        at = *time;
    }
    auto const rows = (*desk)->duties(at, session.arguments.has("--all") ? DutyFilter::all : DutyFilter::open);
    if (!rows) return session.refused(rows.error(), exit_unusable);
    for (auto const& row : *rows) session.print(json_of(row, **desk));
    return exit_accepted;
}

int journal(Session& session) {
    auto desk = open_desk(session);
    if (!desk) return session.refused(desk.error(), exit_unusable);
    std::int64_t position = 0;
    for (;;) {
        auto const rows = (*desk)->journal().read_after(position, 1000);
        if (rows.empty()) return exit_accepted;
        for (auto const& row : rows) {
            auto const entry = decode_entry(row.incarnation, row.bytes.body, row.bytes.personal);
            if (!entry) return session.refused(entry.error());
            session.print(json_of(*entry, row.hash, desk_schema()));
        }
    }
}

int check(Session& session) {
    auto desk = open_desk(session);
    if (!desk) return session.refused(desk.error(), exit_unusable);
    auto const report = (*desk)->check();
    if (!report) return session.refused(report.error(), exit_unusable);
    session.print({{"ok", report->sound},
                   {"entries", report->entries},
                   {"tables", format_hash(report->tables)},
                   {"findings", report->findings}});
    return report->sound ? exit_accepted : exit_refused;
}

int rebuild(Session& session) {
    auto desk = open_desk(session);
    if (!desk) return session.refused(desk.error(), exit_unusable);
    std::uint64_t last = 0;
    auto const result = (*desk)->rebuild([&](std::uint64_t done, std::uint64_t all) {
        if (done - last < 50'000 && done != all) return;
        last = done;
        session.error << done << " / " << all << '\n';
    });
    if (!result) return session.refused(result.error());
    session.print(
        {{"ok", true}, {"entries", (*desk)->journal().count()}, {"tables", format_hash((*desk)->tables_digest())}});
    return exit_accepted;
}

int commands(Session& session) {
    for (auto const& command : desk_commands()) session.print(json_of(command, session.language));
    for (auto const& known : desk_queries()) session.print(json_of(known));
    for (auto const& known : computed_queries()) session.print({{"query", known.name}, {"arguments", Json::array()}});
    for (auto const& form : desk_forms())
        session.print({{"form", form.name}, {"title", form.title}, {"clause", form.clause}});
    return exit_accepted;
}

int write_output(Session& session, std::string const& path, std::string_view bytes) {
    std::ofstream file{path, std::ios::binary | std::ios::trunc};
    file << bytes;
    file.close();
    if (!file) return session.refused(refuse("exchange.not-written", {"output"}).value());
    session.print({{"ok", true}, {"file", path}});
    return exit_accepted;
}

// Written beside, read again from the disk and only then put in place: a file that cannot be read back is no hand-over.
template <class Write>
int write_slice_file(Session& session, Write const& write) {
    auto const path = session.arguments.option("--output");
    if (!path) return session.refused(refuse("exchange.no-output", {"output"}).value(), exit_unusable);
    auto const partial = *path + ".partial";
    Result<SliceHeader> header = refuse("exchange.not-written", {"output"});
    {
        std::ofstream file{partial, std::ios::binary | std::ios::trunc};
        if (file) header = write(file);
    }
    if (header) {
        std::ifstream file{partial, std::ios::binary};
        if (auto const verified = verify_slice(file); !verified || !(*verified == *header))
            header = refuse("exchange.not-written", {"output"});
    }
    std::error_code failed;
    if (header) std::filesystem::rename(partial, *path, failed);
    if (failed) header = refuse("exchange.not-written", {"output"});
    if (!header) {
        std::filesystem::remove(partial, failed);
        return session.refused(header.error());
    }
    auto json = json_of(*header);
    json["ok"] = true;
    session.print(json);
    return exit_accepted;
}

int export_day_file(Session& session) {
    auto desk = open_desk(session);
    if (!desk) return session.refused(desk.error(), exit_unusable);
    auto const text = session.arguments.option("--date").value_or("");
    auto const date = parse_date(text);
    if (!date) return session.refused(refuse("input.date", {"date"}, {{"text", text}}).value(), exit_unusable);
    PhotoSource photos;
    if (session.arguments.has("--photos"))
        photos = [folder = PhotoFolder{session.word(0)}](Hash const& hash) { return folder.find(hash); };
    return write_slice_file(session, [&](std::ostream& to) { return export_day(**desk, *date, to, photos); });
}

int export_slice_file(Session& session) {
    auto desk = open_desk(session);
    if (!desk) return session.refused(desk.error(), exit_unusable);
    static constexpr Field number = column("number", FieldType::integer);
    auto const numeric = [&](char const* option) -> std::uint64_t {
        auto const value = parse_value(number, session.arguments.option(option).value_or(""));
        if (!value || is_empty(*value) || std::get<std::int64_t>(*value) < 0) return 0;
        return static_cast<std::uint64_t>(std::get<std::int64_t>(*value));
    };
    auto incarnation = (*desk)->identity().incarnation;
    if (auto const text = session.arguments.option("--of")) incarnation = parse_incarnation(*text).value_or(0);
    EntryRange const range{std::max<std::uint64_t>(numeric("--from"), 1), numeric("--to")};
    return write_slice_file(session, [&](std::ostream& to) { return export_range(**desk, incarnation, range, to); });
}

int import(Session& session) {
    if (session.words() < 2) return exit_unusable;
    auto desk = open_desk(session);
    if (!desk) return session.refused(desk.error(), exit_unusable);
    auto code = exit_accepted;
    PhotoFolder const folder{session.word(0)};
    for (std::size_t index = 1; index < session.words(); ++index) {
        std::ifstream file{session.word(index), std::ios::binary};
        std::optional<Refusal> not_kept;
        auto const keep_photo = [&](Hash const&, std::string_view bytes) {
            if (auto const kept = folder.keep(bytes); !kept) not_kept = kept.error();
        };
        auto report = file ? import_file(**desk, file, keep_photo)
                           : Result<ImportReport>{refuse("input.no-file", {"file"}, {{"file", session.word(index)}})};
        if (report && not_kept) report = tl::unexpected{*not_kept};
        auto json = report ? json_of(*report) : json_of(report.error(), session.language);
        if (report) json["ok"] = true;
        else code = exit_refused;
        json["file"] = session.word(index);
        session.print(json);
    }
    forget_unnamed_photos(session, **desk);
    return code;
}

// A photo's bytes are in their place before a command names them.
int keep_photo(Session& session) {
    auto const bytes = read_photo_file(session.word(1));
    if (!bytes)
        return session.refused(refuse("input.no-file", {"file"}, {{"file", session.word(1)}}).value(), exit_unusable);
    auto const desk = open_desk(session);
    if (!desk) return session.refused(desk.error(), exit_unusable);
    auto const hash = PhotoFolder{session.word(0)}.keep(*bytes);
    if (!hash) return session.refused(hash.error());
    session.print({{"ok", true}, {"hash", format_hash(*hash)}, {"bytes", bytes->size()}});
    return exit_accepted;
}

int photo(Session& session) {
    auto const path = session.arguments.option("--output");
    if (!path) return session.refused(refuse("exchange.no-output", {"output"}).value(), exit_unusable);
    auto const hash = parse_hash(session.word(1));
    if (!hash) return session.refused(refuse("photo.not-a-hash", {"hash"}).value(), exit_unusable);
    auto const bytes = PhotoFolder{session.word(0)}.find(*hash);
    if (!bytes) return session.refused(refuse("photo.not-here", {"hash"}).value());
    return write_output(session, *path, *bytes);
}

int inspect(Session& session) {
    std::ifstream file{session.word(0), std::ios::binary};
    if (!file)
        return session.refused(refuse("input.no-file", {"file"}, {{"file", session.word(0)}}).value(), exit_unusable);
    std::vector<Json> entries;
    auto const whole = session.arguments.has("--entries");
    auto const header = verify_slice(file, [&](Entry const& entry, Hash const& hash) {
        if (whole) entries.push_back(json_of(entry, hash, desk_schema()));
    });
    if (!header) return session.refused(header.error());
    auto json = json_of(*header);
    json["ok"] = true;
    session.print(json);
    for (auto const& entry : entries) session.print(entry);
    return exit_accepted;
}

int form(Session& session) {
    if (session.words() < 3) return exit_unusable;
    auto desk = open_desk(session);
    if (!desk) return session.refused(desk.error(), exit_unusable);
    std::optional<AnyId> by;
    if (auto const code = session.arguments.option("--by")) {
        auto const found = (*desk)->find_record(&StaffMember::description, *code, "by");
        if (!found) return session.refused(found.error());
        by = *found;
    }
    auto const page = print_form(**desk, session.word(1), session.word(2), by);
    if (!page) return session.refused(page.error());
    auto const path = session.arguments.option("--output");
    if (!path) {
        session.out << *page;
        return exit_accepted;
    }
    return write_output(session, *path, *page);
}

int calc(Session& session) {
    auto const refused_date = [&](std::string const& field, std::string const& text) {
        return session.refused(refuse("input.date", {field}, {{"text", text}}).value(), exit_unusable);
    };
    Calendar const calendar;
    if (session.word(0) == "working-day") {
        auto const text = session.arguments.option("--after").value_or("");
        auto const after = parse_date(text);
        if (!after) return refused_date("after", text);
        static constexpr Field number = column("days", FieldType::integer);
        auto const days = parse_value(number, session.arguments.option("--days").value_or("1"));
        if (!days || is_empty(*days) || std::get<std::int64_t>(*days) < 0 || std::get<std::int64_t>(*days) > 10000)
            return session.refused(refuse("input.unreadable", {"days"}, {{"field", "days"}}).value(), exit_unusable);
        auto const date = calendar.add_working_days(*after, std::get<std::int64_t>(*days));
        Json json{{"date", format_date(date)}};
        if (calendar.is_provisional(date)) json["provisional"] = true;
        session.print(json);
        return exit_accepted;
    }
    if (session.word(0) == "is-working-day") {
        auto const text = session.arguments.option("--on").value_or("");
        auto const on = parse_date(text);
        if (!on) return refused_date("on", text);
        Json json{{"working", calendar.is_working_day(*on)}};
        if (calendar.is_provisional(*on)) json["provisional"] = true;
        session.print(json);
        return exit_accepted;
    }
    if (session.word(0) == "sample") {
        static constexpr Field number = column("orders", FieldType::integer);
        auto const orders = parse_value(number, session.arguments.option("--orders").value_or(""));
        if (!orders || is_empty(*orders) || std::get<std::int64_t>(*orders) < 0 ||
            std::get<std::int64_t>(*orders) > 1'000'000)
            return session.refused(refuse("input.unreadable", {"orders"}, {{"field", "orders"}}).value(),
                                   exit_unusable);
        session.print({{"sample", sample_size(std::get<std::int64_t>(*orders), Parameters{}, no_date)}});
        return exit_accepted;
    }
    return exit_unusable;
}

int clauses(Session& session) {
    auto const rows = all_clauses();
    for (std::size_t index = 0; index < rows.size(); ++index) {
        auto const& row = rows[index];
        auto const& mark = clause_mark_rows[index];
        Json json{{"id", row.id},
                  {"procedure", row.procedure},
                  {"kinds", kinds_of(row)},
                  {"implemented", mark.implemented > 0},
                  {"tested", mark.tested > 0},
                  {"zh", row.zh},
                  {"en", row.en}};
        if (row.off) json["off"] = true;
        auto const notes = legal_notes_of(*find_clause(row.id));
        for (auto const* note : notes)
            json["legal_notes"].push_back(
                {{"text", session.language == Language::chinese ? note->zh : note->en}, {"source", note->source}});
        session.print(json);
    }
    return exit_accepted;
}

int adopt(Session& session) {
    auto desk = open_desk(session);
    if (!desk) return session.refused(desk.error(), exit_unusable);
    auto const before = (*desk)->identity().incarnation;
    if (auto const taken = (*desk)->take_new_incarnation(); !taken) return session.refused(taken.error());
    session.print({{"ok", true},
                   {"before", format_incarnation(before)},
                   {"incarnation", format_incarnation((*desk)->identity().incarnation)}});
    return exit_accepted;
}

struct Verb {
    std::string_view name;
    std::string_view usage;
    std::size_t least_words;
    int (*run)(Session&);
};

constexpr Verb verbs[] = {
    {"init", "init DB --centre CODE --name NAME --desk N [--headquarters]", 1, init},
    {"exec", "exec DB [FILE|-]", 1, exec},
    {"undo", "undo DB ENTRY --by CODE", 2, undo},
    {"query", "query DB NAME [key=value …]", 2, query},
    {"duties", "duties DB [--at TIME] [--all]", 1, duties},
    {"journal", "journal DB", 1, journal},
    {"check", "check DB", 1, check},
    {"rebuild", "rebuild DB", 1, rebuild},
    {"commands", "commands", 0, commands},
    {"export-day", "export-day DB --date D [--photos] -o FILE", 1, export_day_file},
    {"export", "export DB [--of INCARNATION] [--from N] [--to N] -o FILE", 1, export_slice_file},
    {"import", "import DB FILE…", 2, import},
    {"import-table",
     "import-table DB FILE units|owners|tickets --by CODE [--columns HEADING=FIELD,…] [--sheet N] [--kind KIND] "
     "[--dates month-first|day-first] [--keep-homes] [--preview]",
     3, import_table},
    {"keep-photo", "keep-photo DB FILE", 2, keep_photo},
    {"photo", "photo DB HASH -o FILE", 2, photo},
    {"inspect", "inspect FILE [--entries]", 1, inspect},
    {"form", "form DB FORM ID [--by CODE] [-o FILE.html]", 3, form},
    {"calc", "calc working-day --after D --days N | calc is-working-day --on D | calc sample --orders N", 1, calc},
    {"clauses", "clauses", 0, clauses},
    {"adopt", "adopt DB", 1, adopt},
};

int print_help(std::ostream& out, Language language) {
    out << sentence(language, "cli.help") << "\n\n";
    for (auto const& verb : verbs)
        out << "  guanjia " << verb.usage << "\n      " << sentence(language, "cli." + std::string{verb.name}) << "\n";
    out << "\n" << sentence(language, "cli.options") << "\n";
    return exit_accepted;
}

}  // namespace

int run_command_line(std::vector<std::string> const& words, std::istream& in, std::ostream& out, std::ostream& error) {
    ArgumentList const arguments{
        words.empty() ? words : std::vector<std::string>{words.begin() + 1, words.end()},
        {"--centre", "--name",  "--desk", "--now", "--lang", "--at",     "--date",    "--output", "--from", "--to",
         "--of",     "--after", "--days", "--on",  "--by",   "--orders", "--columns", "--sheet",  "--kind", "--dates"},
        {"--headquarters", "--all", "--entries", "--keep-homes", "--preview", "--photos"}};
    auto const language = arguments.option("--lang").value_or("zh") == "en" ? Language::english : Language::chinese;
    if (words.empty() || words[0] == "help" || words[0] == "--help")
        return print_help(words.empty() ? error : out, language) + (words.empty() ? exit_unusable : 0);
    if (words[0] == "--version") {
        out << "guanjia " << GUANJIA_VERSION << '\n';
        return exit_accepted;
    }
    auto const* verb =
        std::find_if(std::begin(verbs), std::end(verbs), [&](Verb const& known) { return known.name == words[0]; });
    Session session{arguments, in, out, error, language};
    auto const now = arguments.option("--now");
    if (verb == std::end(verbs) || !arguments.usable() || arguments.positional().size() < verb->least_words) {
        error << sentence(language, "cli.unusable", {{"word", arguments.usable() ? words[0] : arguments.wrong()}})
              << '\n';
        if (verb != std::end(verbs)) error << "  guanjia " << verb->usage << '\n';
        return exit_unusable;
    }
    if (now && !parse_time(*now))
        return session.refused(refuse("input.time", {"now"}, {{"text", *now}}).value(), exit_unusable);
    try {
        return verb->run(session);
    } catch (StoreFault const& fault) {
        return session.refused(refusal_of(fault), exit_unusable);
    }
}

}  // namespace guanjia
