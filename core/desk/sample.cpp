#include "core/desk/sample.h"

#include <algorithm>
#include <map>
#include <vector>

#include "core/registry/model.h"
#include "generated/sample.h"

namespace guanjia {

namespace {

// Staff, units and owners are there from this many days ago.
constexpr int days_before = 20;

class Filler {
public:
    Filler(Desk& desk, LocalTime now, std::function<void(std::int64_t)> const& shift_clock)
        : desk_{desk}, now_{now}, shift_clock_{shift_clock} {}

    // False when the moment has not come yet.
    bool go_to(int days_ago, int minute) {
        auto const at = at_minute(add_days(date_of(now_), -days_ago), minute);
        if (at > now_) return false;
        shift_clock_((at.seconds - now_.seconds) * 1000);
        return true;
    }
    Result<Accepted> submit(std::string_view command, std::string_view by,
                            std::vector<std::pair<std::string, std::string>> fields) {
        std::erase_if(fields, [](auto const& field) { return field.second.empty(); });
        return desk_.submit({std::string{command}, std::string{by}, {}, std::move(fields)});
    }

    Result<AnyId> people() {
        AnyId chosen;
        std::string_view by;
        for (auto const& person : sample_staff) {
            auto const added = submit("add_staff", by,
                                      {{"code", std::string{person.code}},
                                       {"name", std::string{person.name}},
                                       {"department", std::string{person.department}}});
            if (!added) return tl::unexpected{added.error()};
            if (person.code == sample_person) chosen = added->added.front().id;
            auto const granted =
                submit("grant_role", by, {{"staff", std::string{person.code}}, {"role", std::string{person.role}}});
            if (!granted) return tl::unexpected{granted.error()};
            if (by.empty()) by = person.code;
        }
        return chosen;
    }

    Result<void> register_homes() {
        for (auto const unit : sample_units)
            if (auto const added = submit("add_unit", sample_person, {{"code", std::string{unit}}}); !added)
                return tl::unexpected{added.error()};
        for (auto const& owner : sample_owners) {
            auto const added = submit("add_owner", sample_person,
                                      {{"name", std::string{owner.name}},
                                       {"phone", std::string{owner.phone}},
                                       {"unit", std::string{owner.unit}},
                                       {"relation", std::string{name_of(Relation::owner)}}});
            if (!added) return tl::unexpected{added.error()};
            keys_[std::string{owner.name}] = format_id(added->added.front().id);
        }
        return {};
    }

    Result<void> step(SampleStep const& step) {
        std::vector<std::pair<std::string, std::string>> fields;
        for (int index = step.first; index < step.first + step.count; ++index) {
            auto const& field = sample_fields[index];
            auto value = std::string{field.value};
            if (value.starts_with('@')) value = keys_[value.substr(1)];
            else if (field.name == "owner") value = keys_[value];
            fields.emplace_back(field.name, std::move(value));
        }
        auto const accepted = submit(step.command, step.by, std::move(fields));
        if (!accepted) return tl::unexpected{accepted.error()};
        auto const& added = accepted->added.front();
        if (!step.key.empty()) keys_[std::string{step.key}] = added.number;
        if (step.command == "hand_over") keys_["last"] = format_id(added.id);
        return {};
    }

private:
    Desk& desk_;
    LocalTime now_;
    std::function<void(std::int64_t)> const& shift_clock_;
    std::map<std::string, std::string> keys_;
};

}  // namespace

DeskIdentity sample_identity() { return {0, std::string{sample_code}, std::string{sample_name}, sample_desk, false}; }

Result<AnyId> fill_sample(Desk& desk, LocalTime now, std::function<void(std::int64_t)> const& shift_clock) {
    Filler filler{desk, now, shift_clock};
    filler.go_to(days_before, 9 * 60);
    auto const person = filler.people();
    if (!person) return person;
    if (auto const homes = filler.register_homes(); !homes) return tl::unexpected{homes.error()};
    std::vector<SampleStep> steps{std::begin(sample_steps), std::end(sample_steps)};
    std::stable_sort(steps.begin(), steps.end(), [](SampleStep const& left, SampleStep const& right) {
        return left.days_ago != right.days_ago ? left.days_ago > right.days_ago : left.minute < right.minute;
    });
    for (auto const& step : steps) {
        if (!filler.go_to(step.days_ago, step.minute)) break;
        if (auto const done = filler.step(step); !done) return tl::unexpected{done.error()};
    }
    shift_clock(0);
    return person;
}

}  // namespace guanjia
