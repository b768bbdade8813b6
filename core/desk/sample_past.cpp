#include "core/desk/sample_past.h"

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "core/registry/model.h"
#include "generated/sample.h"

namespace guanjia {

namespace {

constexpr std::size_t working_days_of_work = 22;
// The register is taken over from the builder's lists before the first of them, a line every few seconds.
constexpr int people_minute = 8 * 60 + 30;
constexpr int homes_minute = 8 * 60 + 45;
constexpr int seconds_for_a_line = 3;
// Customers come and call from then on, and early enough that something can still be done on the day.
constexpr int first_customer_minute = 8 * 60 + 40;
constexpr int last_customer_minute = 16 * 60 + 40;
// A course that would reach into today is given up, and another matter is tried in its place.
constexpr int tries = 8;

// splitmix64. The distributions of <random> differ between libraries, and the page and the tests have to agree.
class Chance {
public:
    explicit Chance(std::uint64_t seed) : state_{seed} {}
    int below(std::size_t limit) {
        auto z = (state_ += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return static_cast<int>((z ^ (z >> 31)) % limit);
    }
    int between(int from, int to) { return from + below(static_cast<std::size_t>(to - from + 1)); }
    bool one_in(std::size_t count) { return below(count) == 0; }
    template <class List>
    auto const& of(List const& list) {
        return list[static_cast<std::size_t>(below(std::size(list)))];
    }

private:
    std::uint64_t state_;
};

struct Home {
    std::string code;   // "3栋1802"
    std::string tower;  // "3栋"
    std::string floor;  // "18"
    int unit = -1;
    int owner = -1;
    bool told_of = false;  // in the story, or with a ticket of the month
};

// A ticket on its way: what has been done so far, and until when.
struct Course {
    SampleMatter const& matter;
    Home const& home;
    std::string_view butler;
    int ticket = -1;
    LocalTime registered;
    LocalTime at;
    std::vector<SampleCommand> commands = {};
};

class Writer {
public:
    Writer(LocalTime now, Calendar const& calendar, WorkingHours hours, std::uint64_t seed)
        : now_{now}, calendar_{calendar}, hours_{hours}, chance_{seed} {
        for (auto const& person : sample_staff)
            if (std::string_view{person.role}.ends_with("butler")) front_.push_back(person.code);
        for (auto day = add_days(date_of(now), -1); days_.size() <= working_days_of_work; day = add_days(day, -1))
            if (calendar.is_working_day(day)) days_.push_back(day);
        std::reverse(days_.begin(), days_.end());
    }

    SamplePast write() {
        people();
        homes();
        month();
        story();
        auto& commands = past_.commands;
        std::stable_sort(commands.begin(), commands.end(),
                         [](SampleCommand const& left, SampleCommand const& right) { return left.at < right.at; });
        std::erase_if(commands, [this](SampleCommand const& command) { return command.at > now_; });
        return std::move(past_);
    }

private:
    using Fields = std::vector<SampleCommand::Given>;

    static SampleCommand::Given text(std::string_view field, std::string_view value) {
        return {field, std::string{value}};
    }
    static SampleCommand::Given record(std::string_view field, int known) { return {field, {}, known}; }

    int new_record() { return past_.records++; }

    void put(LocalTime at, std::string_view command, std::string_view by, Fields fields, int adds = -1) {
        past_.commands.push_back(made(at, command, by, std::move(fields), adds));
    }
    static SampleCommand made(LocalTime at, std::string_view command, std::string_view by, Fields fields, int adds) {
        std::erase_if(fields, [](auto const& given) { return given.record < 0 && given.text.empty(); });
        return {at, command, by, std::move(fields), adds};
    }

    // The first enters the others.
    void people() {
        auto const at = at_minute(days_.front(), people_minute);
        std::string_view by;
        for (auto const& person : sample_staff) {
            auto const staff = new_record();
            if (person.code == sample_person) past_.person = staff;
            put(at, "add_staff", by,
                {text("code", person.code), text("name", person.name), text("department", person.department)}, staff);
            put(at, "grant_role", by, {record("staff", staff), text("role", person.role)});
            if (by.empty()) by = person.code;
        }
    }

    void homes() {
        std::map<std::string_view, SampleOwner const*> of_story;
        for (auto const& owner : sample_owners) of_story[owner.unit] = &owner;
        auto at = at_minute(days_.front(), homes_minute);
        auto const next = [&at] { return std::exchange(at, LocalTime{at.seconds + seconds_for_a_line}); };
        auto const enter = [&](Home const& home, std::string_view name, std::string_view phone, Relation relation) {
            auto const owner = new_record();
            put(next(), "add_owner", sample_person,
                {text("name", name), text("phone", phone), record("unit", home.unit),
                 text("relation", name_of(relation))},
                owner);
            return owner;
        };
        for (int tower = 1; tower <= sample_towers; ++tower)
            for (int floor = 1; floor <= sample_floors; ++floor)
                for (int flat = 1; flat <= sample_flats; ++flat) {
                    Home home{fmt::format("{}栋{:02}{:02}", tower, floor, flat), fmt::format("{}栋", tower),
                              std::to_string(floor), new_record()};
                    put(next(), "add_unit", sample_person, {text("code", home.code)}, home.unit);
                    if (auto const told = of_story.find(home.code); told != of_story.end()) {
                        home.owner = enter(home, told->second->name, told->second->phone, Relation::owner);
                        home.told_of = true;
                        owners_[told->second->name] = home.owner;
                    } else {
                        auto const name = invented_name();
                        home.owner = enter(home, name, invented_phone(), Relation::owner);
                    }
                    if (!home.told_of && chance_.one_in(10)) {
                        auto const name = invented_name();
                        enter(home, name, invented_phone(), Relation::tenant);
                    }
                    units_[home.code] = home.unit;
                    homes_.push_back(std::move(home));
                }
        // What the story tells of other homes is theirs alone as well.
        for (auto const& field : sample_fields)
            if (field.name == "unit")
                for (auto& home : homes_) home.told_of |= home.code == field.value;
    }

    // Nobody is called as the people of the story are.
    std::string invented_name() {
        for (;;) {
            std::string name{chance_.of(sample_surnames)};
            name += chance_.of(sample_given_names);
            auto const taken = std::any_of(std::begin(sample_owners), std::end(sample_owners),
                                           [&](SampleOwner const& owner) { return owner.name == name; }) ||
                               std::any_of(std::begin(sample_staff), std::end(sample_staff),
                                           [&](SampleStaff const& person) { return person.name == name; });
            if (!taken) return name;
        }
    }
    std::string invented_phone() {
        std::string phone{chance_.of(sample_phone_prefixes)};
        for (int digit = 0; digit < 8; ++digit) phone += static_cast<char>('0' + chance_.below(10));
        return phone;
    }

    void month() {
        for (auto const day : std::span{days_}.subspan(1)) {
            managers_work(day);
            for (auto visitors = chance_.between(1, 3); visitors > 0; --visitors) reception(day);
            for (auto tickets = chance_.between(4, 8); tickets > 0; --tickets) {
                auto left = tries;
                while (left-- > 0 && !ticket(day)) {
                }
            }
        }
    }

    // RV-4.2, RV-4.5: the manager draws from the week before on the first working day of each, and signs for the visits
    // of a month on the first of the next. Whoever enters these finds what there is to draw and to look at, if
    // anything.
    void managers_work(Date day) {
        auto const first_since = [&](Date begin) {
            for (auto date = begin; date < day; date = add_days(date, 1))
                if (calendar_.is_working_day(date)) return false;
            return calendar_.is_working_day(day);
        };
        auto const& manager = sample_staff[0].code;
        if (first_since(week_of(day))) put(at_minute(day, 9 * 60 + 10), "draw_week", manager, {});
        if (first_since(first_of_month(day)))
            put(at_minute(day, 9 * 60 + 40), "sign_inspection", manager, {text("opinion", sample_inspection_opinion)});
    }

    LocalTime customer_comes(Date day) {
        return at_minute(day, chance_.between(first_customer_minute, last_customer_minute));
    }

    void reception(Date day) {
        auto const at = customer_comes(day);
        auto const& need = chance_.of(sample_needs);
        auto const by = chance_.of(front_);
        Fields fields{text("channel", need.channel), text("need", need.need)};
        // GEN-1.3: what was settled at once needs one line and no call-back.
        if (need.channel == "phone") fields.push_back(text("answer", sample_answer));
        if (auto const& home = chance_.of(homes_); !home.told_of) {
            fields.push_back(record("unit", home.unit));
            fields.push_back(record("owner", home.owner));
        } else {
            fields.push_back(text("caller_name", "访客"));
        }
        put(at, "record_reception", by, std::move(fields));
    }

    // A home that nothing is told of yet, so that no third complaint makes a matter the manager's by itself.
    Home& quiet_home() {
        for (;;) {
            auto& home = homes_[static_cast<std::size_t>(chance_.below(homes_.size()))];
            if (!home.told_of && home.floor != "1" && home.floor != std::to_string(sample_floors)) return home;
        }
    }

    SampleMatter const& any_matter() {
        auto const share = chance_.below(20);
        std::string_view const kind = share < 10 ? "repair" : share < 15 ? "complaint" : "enquiry";
        for (;;)
            if (auto const& matter = chance_.of(sample_matters); matter.kind == kind) return matter;
    }

    // False when it would not be finished before today.
    bool ticket(Date day) {
        auto const& matter = any_matter();
        auto& home = quiet_home();
        Course course{matter, home, chance_.of(front_), new_record(), customer_comes(day), {}};
        if (!run(course)) return false;
        home.told_of = true;
        // Now and then the same comes back after some days, and is linked as recurring (GEN-2.2).
        if (matter.kind != "repair" || !chance_.one_in(12)) return true;
        auto const later_day = calendar_.add_working_days(day, chance_.between(4, 9));
        Course again{matter, home, chance_.of(front_), new_record(), customer_comes(later_day), {}};
        run(again);
        return true;
    }

    bool run(Course& course) {
        course.at = course.registered;
        auto const& matter = course.matter;
        auto const& wording =
            matter.words[static_cast<std::size_t>(chance_.below(static_cast<std::size_t>(matter.wordings)))];
        course.commands.push_back(made(course.at, "register_ticket", course.butler,
                                       {text("kind", matter.kind), text("priority", matter.priority),
                                        text("category", matter.category), record("unit", course.home.unit),
                                        record("owner", course.home.owner), text("words", placed(wording, course.home)),
                                        text("wish", matter.wish), text("safety", matter.safety ? "true" : "")},
                                       course.ticket));
        if (matter.kind == "enquiry") enquiry(course);
        else if (matter.kind == "repair") repair(course);
        else complaint(course);
        if (course.at >= start_of(date_of(now_))) return false;
        std::move(course.commands.begin(), course.commands.end(), std::back_inserter(past_.commands));
        return true;
    }

    static std::string placed(std::string_view words, Home const& home) {
        std::string text{words};
        auto const put_in = [&text](std::string_view mark, std::string const& place) {
            for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark))
                text.replace(at, mark.size(), place);
        };
        put_in("{unit}", home.code);
        put_in("{tower}", home.tower);
        put_in("{floor}", home.floor);
        return text;
    }

    // Goes on by minutes in which the desk is open.
    void wait(Course& course, int from, int to) {
        course.at = calendar_.add_working_minutes(course.at, chance_.between(from, to), hours_);
    }
    void does(Course& course, std::string_view command, std::string_view by, Fields fields, int adds = -1) {
        fields.insert(fields.begin(), record("ticket", course.ticket));
        course.commands.push_back(made(course.at, command, by, std::move(fields), adds));
    }
    void tells(Course& course, std::string_view words) {
        does(course, "record_contact", course.butler,
             {text("channel", "phone"), text("direction", "to-customer"), text("summary", words)});
    }
    void closes(Course& course, std::string_view cause_mark = {}, std::string_view solution_mark = {}) {
        Fields fields{text("cause", std::string{cause_mark} + std::string{course.matter.cause}),
                      text("solution", std::string{solution_mark} + std::string{course.matter.solution})};
        // GEN-5.1; of a complaint the return visit asks.
        if (course.matter.kind != "complaint")
            fields.push_back(text("satisfaction", chance_.one_in(9)   ? "fair"
                                                  : chance_.one_in(3) ? "very-satisfied"
                                                                      : "satisfied"));
        does(course, "close_ticket", course.butler, std::move(fields));
    }

    void enquiry(Course& course) {
        wait(course, 2, 25);
        tells(course, course.matter.contact);
        wait(course, 3, chance_.one_in(8) ? 400 : 60);
        closes(course);
    }

    void repair(Course& course) {
        auto const urgent = course.matter.priority == "urgent";
        auto const low = course.matter.priority == "low";
        wait(course, 3, urgent ? 12 : low ? 120 : 45);
        auto const task = hands_over(course, urgent);
        wait(course, 4, urgent ? 8 : 50);
        tells(course, chance_.of(sample_progress));
        if (chance_.one_in(18)) is_delayed(course, urgent);
        wait(course, urgent ? 30 : 50, urgent ? 120 : low ? 900 : 330);
        reports(course, task);
        wait(course, 5, urgent ? 20 : 45);
        closes(course);
    }

    void complaint(Course& course) {
        wait(course, 6, chance_.one_in(20) ? 150 : 50);
        does(course, "own_complaint", course.butler,
             {text("responsible", course.butler), text("explanation", course.matter.explanation),
              text("remedy", course.matter.remedy)});
        wait(course, 2, 8);
        auto const urgent = course.matter.priority == "urgent";
        auto const task = hands_over(course, urgent);
        if (chance_.one_in(18)) is_delayed(course, urgent);
        wait(course, 30, urgent ? 120 : 240);
        reports(course, task);
        wait(course, 4, 30);
        tells(course, chance_.of(sample_progress));
        wait(course, 5, 40);
        closes(course);
        auto const is_late = chance_.one_in(14);
        is_visited(course, is_late ? 1200 : 40, is_late ? 1500 : 540);
    }

    int hands_over(Course& course, bool urgent) {
        auto const task = new_record();
        Fields fields{text("department", course.matter.department),
                      text("task", placed(course.matter.task, course.home))};
        if (!urgent && chance_.one_in(2))
            fields.push_back(text("due", format_time(calendar_.closing_after_working_days(
                                             course.registered, course.matter.priority == "low" ? 3 : 1, hours_))));
        does(course, "hand_over", course.butler, std::move(fields), task);
        wait(course, 4, urgent ? 12 : 80);
        course.commands.push_back(made(course.at, "acknowledge_hand_over", head_of(course.matter.department),
                                       {record("hand_over", task)}, -1));
        return task;
    }
    void reports(Course& course, int task) {
        course.commands.push_back(made(course.at, "report_hand_over", head_of(course.matter.department),
                                       {record("hand_over", task), text("result", course.matter.result)}, -1));
    }
    static std::string_view head_of(std::string_view department) {
        for (auto const& person : sample_staff)
            if (person.department == department && person.role == "supervisor") return person.code;
        return {};
    }

    void is_delayed(Course& course, bool urgent) {
        wait(course, 20, 60);
        tells(course, chance_.of(sample_delayed));
        wait(course, urgent ? 200 : 600, urgent ? 300 : 900);
    }

    // RV-3.1: a matter of safety is visited by the manager.
    void is_visited(Course& course, int from, int to) {
        auto const by = course.matter.safety ? sample_staff[0].code : chance_.of(front_);
        std::string_view const method = course.matter.safety || chance_.one_in(5) ? "on-site" : "phone";
        wait(course, from, to);
        if (chance_.one_in(12)) {
            visits(course, by, method, chance_.of(sample_unsolved), false);
            wait(course, 5, 40);
            tells(course, chance_.of(sample_progress));
            wait(course, 60, 300);
            closes(course, sample_again_cause, sample_again_solution);
            wait(course, 60, 500);
        }
        visits(course, by, method, chance_.of(sample_solved), true);
    }
    void visits(Course& course, std::string_view by, std::string_view method, SampleOpinion const& opinion,
                bool solved) {
        does(course, "record_return_visit", by,
             {text("method", method), text("satisfaction", opinion.satisfaction),
              text("solved", solved ? "true" : "false"), text("opinion", opinion.words)});
    }

    // In the order of time, since "@last" is the last hand-over before.
    void story() {
        std::vector<SampleStep> steps{std::begin(sample_steps), std::end(sample_steps)};
        std::stable_sort(steps.begin(), steps.end(), [](SampleStep const& left, SampleStep const& right) {
            return left.days_ago != right.days_ago ? left.days_ago > right.days_ago : left.minute < right.minute;
        });
        std::map<std::string_view, int> known;
        for (auto const& step : steps) {
            Fields fields;
            for (auto const& field : std::span{sample_fields}.subspan(static_cast<std::size_t>(step.first),
                                                                      static_cast<std::size_t>(step.count))) {
                if (field.value.starts_with('@')) fields.push_back(record(field.name, known[field.value.substr(1)]));
                else if (field.name == "owner") fields.push_back(record(field.name, owners_[field.value]));
                else if (field.name == "unit") fields.push_back(record(field.name, units_.find(field.value)->second));
                else fields.push_back(text(field.name, field.value));
            }
            auto const adds = new_record();
            if (!step.key.empty()) known[step.key] = adds;
            if (step.command == "hand_over") known["last"] = adds;
            put(at_minute(add_days(date_of(now_), -step.days_ago), step.minute), step.command, step.by,
                std::move(fields), adds);
        }
    }

    LocalTime now_;
    Calendar const& calendar_;
    WorkingHours hours_;
    Chance chance_;
    std::vector<std::string_view> front_;
    std::vector<Date> days_;  // that of the register, then those of work
    std::vector<Home> homes_;
    std::map<std::string_view, int> owners_;  // of the story, by name
    std::map<std::string, int, std::less<>> units_;
    SamplePast past_;
};

}  // namespace

SamplePast sample_past(LocalTime now, Calendar const& calendar, WorkingHours hours, std::uint64_t seed) {
    return Writer{now, calendar, hours, seed}.write();
}

}  // namespace guanjia
