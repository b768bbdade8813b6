#include "core/procedure/calendar_notice.h"

#include "core/base/strings.h"
#include "tests/core/support.h"

using namespace guanjia;

namespace {

// In the manner of the notices: brackets, days of the year before, sentences that give no day off.
constexpr char const* of_2026 =
    "关于2026年部分节假日安排的通知\n各单位：现将2026年元旦、春节等放假调休日期的具体安排通知如下。\n"
    "一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。\n"
    "二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周"
    "六）上班。\n"
    "三、清明节：4月4日（周六）至6日（周一）放假，共3天。\n"
    "四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。\n"
    "五、端午节：6月19日（周五）至21日（周日）放假，共3天。\n"
    "六、中秋节：9月25日（周五）至27日（周日）放假，共3天。\n"
    "七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。\n"
    "节假日期间请妥善安排值班。\n2025年11月4日";

std::string read(std::string_view text) {
    auto const year = read_calendar_notice(text);
    return year ? format_calendar_year(*year) : year.error();
}

}  // namespace

TEST_CASE("GEN-S5: the notice of a year's holidays is read as it is published") {
    CHECK(read_calendar_year(of_2026)->days_off ==
          parse_calendar_year("2026; off 01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 "
                              "10-01..10-07")
              ->days_off);
    CHECK(read(of_2026).substr(read(of_2026).find("; work")) == "; work 01-04 02-14 02-28 05-09 09-20 10-10");
    // Without a title; full-width digits; a span that begins in the year before and one that goes over a month's end.
    CHECK(read("２０２３年：2022年12月31日至2023年1月2日放假调休，共3天。１月２８日上班") ==
          "2023; off 01-01 01-02; work 01-28");
    CHECK(read("2027年1月31日—2月2日放假") == "2027; off 01-31 02-01 02-02; work");
    CHECK(read("2027年放假：4月5日放假，4月7日补休；4月6日开会。4月10日（周六）、4月11日上班") ==
          "2027; off 04-05 04-07; work 04-10 04-11");
    // Either way of entering it.
    CHECK(format_calendar_year(*read_calendar_year(" 2027; off 01-01 ")) == "2027; off 01-01; work");
}

TEST_CASE("a notice that cannot be understood is refused with a sentence") {
    struct Case {
        char const* text;
        char const* error;
    };
    for (auto const& known : {Case{"", "calendar.notice-year"},
                              {"元旦：1月1日放假", "calendar.notice-year"},
                              {"12027年1月1日放假", "calendar.notice-year"},
                              {"2027年部分节假日安排", "calendar.notice-days"},
                              {"2027年：1月1日。放假", "calendar.notice-days"},
                              {"2027年：2月30日放假", "calendar.day"},
                              {"2027年：31日放假", "calendar.day"},
                              {"2027年：5月5日至3日放假", "calendar.day"},
                              {"2027年：5月1日至7月1日放假", "calendar.day"},
                              {"2027年：5月3日放假，5月3日上班", "calendar.make-up-weekday"},
                              {"0001年：1月1日放假", "calendar.notice-days"},
                              {"9999年：12月30日至31日放假", "calendar.notice-days"}}) {
        INFO(std::string{known.text});
        CHECK(read(known.text) == std::string{known.error});
        CHECK(has_sentence(known.error));
    }
}
