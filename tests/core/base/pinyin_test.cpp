#include "core/base/pinyin.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/base/text.h"

using namespace guanjia;

namespace {

bool is_read(std::string_view character, std::string_view reading) {
    auto const readings = readings_of(first_code_point(character).value);
    return std::find(readings.begin(), readings.end(), reading) != readings.end();
}

bool sorts(std::vector<std::string_view> const& texts, Reading reading = Reading::text) {
    for (std::size_t index = 1; index < texts.size(); ++index) {
        INFO(texts[index - 1] << " before " << texts[index]);
        auto const ordered = collation_key(texts[index - 1], reading) < collation_key(texts[index], reading);
        CHECK(ordered);
        if (!ordered) return false;
    }
    return true;
}

}  // namespace

TEST_CASE("code points are read one by one, and what is not UTF-8 byte by byte") {
    for (std::string_view const text : {"a", "é", "张", "𠮷", "😀"}) {
        auto const read = first_code_point(std::string{text} + "x");
        CHECK(read.length == text.size());
        std::string again;
        append_code_point(again, read.value);
        CHECK(again == text);
    }
    CHECK(first_code_point("é").value == U'é');
    CHECK(first_code_point("张三").value == U'张');
    CHECK(first_code_point("𠮷").value == U'𠮷');
    for (auto const* broken : {"\xFF", "\xC3", "\xE5\xBC", "\xF0\xA0\xAE", "\xED\xA0\x80", "\xC0\x80", "\x80"}) {
        CHECK(first_code_point(broken).value == broken_text);
        CHECK(first_code_point(broken).length == 1);
    }
    std::string replaced;
    append_code_point(replaced, broken_text);
    append_code_point(replaced, 0xD800);
    CHECK(replaced == "��");
    CHECK(folded(U'Ａ') == U'a');
    CHECK(folded(U'Ｚ') == U'z');
    CHECK(folded(U'７') == U'7');
    CHECK(folded(U'Ü') == U'ü');
    CHECK(folded(U'×') == U'×');
    CHECK(folded(U'　') == U' ');
    CHECK(folded(U'张') == U'张');
}

TEST_CASE("pinyin: the hundred most frequent surnames are read as their bearers say them") {
    std::string_view const surnames =
        "王wang 李li 张zhang 刘liu 陈chen 杨yang 赵zhao 黄huang 周zhou 吴wu 徐xu 孙sun 胡hu 朱zhu 高gao 林lin 何he "
        "郭guo "
        "马ma 罗luo 梁liang 宋song 郑zheng 谢xie 韩han 唐tang 冯feng 于yu 董dong 萧xiao 程cheng 曹cao 袁yuan 邓deng "
        "许xu "
        "傅fu 沈shen 曾zeng 彭peng 吕lv 苏su 卢lu 蒋jiang 蔡cai 贾jia 丁ding 魏wei 薛xue 叶ye 阎yan 余yu 潘pan 杜du "
        "戴dai "
        "夏xia 钟zhong 汪wang 田tian 任ren 姜jiang 范fan 方fang 石shi 姚yao 谭tan 廖liao 邹zou 熊xiong 金jin 陆lu "
        "郝hao "
        "孔kong 白bai 崔cui 康kang 毛mao 邱qiu 秦qin 江jiang 史shi 顾gu 侯hou 邵shao 孟meng 龙long 万wan 段duan 雷lei "
        "钱qian 汤tang 尹yin 黎li 易yi 常chang 武wu 乔qiao 贺he 赖lai 龚gong 文wen";
    std::size_t count = 0;
    for (auto rest = surnames; !rest.empty(); ++count) {
        auto const end = std::min(rest.find(' '), rest.size());
        auto const length = first_code_point(rest).length;
        INFO(rest.substr(0, end));
        CHECK(is_read(rest.substr(0, length), rest.substr(length, end - length)));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    CHECK(count == 100);
}

TEST_CASE("pinyin: characters with several readings have all of them") {
    struct Row {
        std::string_view character;
        std::vector<std::string_view> readings;
    };
    for (auto const& row : std::vector<Row>{
             {"单", {"dan", "shan", "chan"}},
             {"仇", {"chou", "qiu"}},
             {"曾", {"ceng", "zeng"}},
             {"解", {"jie", "xie"}},
             {"区", {"qu", "ou"}},
             {"查", {"cha", "zha"}},
             {"盖", {"gai", "ge"}},
             {"翟", {"di", "zhai"}},
             {"乐", {"le", "yue"}},
             {"重", {"zhong", "chong"}},
             {"长", {"chang", "zhang"}},
             {"行", {"xing", "hang"}},
             {"朴", {"pu", "piao"}},
             {"尉", {"wei", "yu"}},
             {"万", {"wan", "mo"}},
             {"覃", {"qin", "tan"}},
             {"缪", {"miao", "mou"}},
             {"藏", {"cang", "zang"}},
             {"厦", {"sha", "xia"}},
             {"女", {"nv"}},
             {"略", {"lve"}},
             {"绿", {"lv", "lu"}},
             {"〇", {"ling"}},
             {"𠮷", {"ji"}},
             {"㛃", {"jie"}},
             {"𫖯", {"fu"}},
         })
        for (auto const reading : row.readings) {
            INFO(row.character << " " << reading);
            CHECK(is_read(row.character, reading));
        }
    for (auto const nothing : {U'a', U'1', U'，', U'😀', U'\0', U'あ', char32_t{0x10FFFF}, broken_text}) {
        CHECK(reading_set_of(nothing) == 0);
        CHECK(readings_of(nothing).empty());
    }
}

TEST_CASE("pinyin: every set is made of syllables that stand in order") {
    CHECK(syllable_count() > 400);
    for (std::size_t number = 0; number < syllable_count(); ++number) {
        auto const letters = syllable(number);
        CHECK_FALSE(letters.empty());
        CHECK(letters.size() <= syllable_length_limit);
        CHECK(std::all_of(letters.begin(), letters.end(), [](char letter) { return letter >= 'a' && letter <= 'z'; }));
        if (number > 0) CHECK(syllable(number - 1) < letters);
    }
    CHECK(syllables_of(0).empty());
    for (std::size_t set = 1; set < reading_set_count(); ++set) {
        CHECK_FALSE(syllables_of(set).empty());
        for (auto const number : syllables_of(set)) CHECK(number < syllable_count());
    }
    std::size_t unread = 0;
    for (char32_t character = 0x4E00; character < 0x9FA6; ++character) {
        REQUIRE(reading_set_of(character) < reading_set_count());
        unread += reading_set_of(character) == 0;
    }
    // What Unicode 15 leaves unread are a few that were made in Japan and Korea.
    CHECK(unread < 100);
    CHECK(spells(U'v', 'v'));
    CHECK(spells(U'u', 'v'));
    CHECK(spells(U'ü', 'v'));
    CHECK(spells(U'u', 'u'));
    CHECK_FALSE(spells(U'v', 'u'));
    CHECK_FALSE(spells(U'n', 'm'));
}

TEST_CASE("pinyin: texts sort by reading, numbers by value") {
    CHECK(sorts({"", "(空)", "2栋", "10栋", "10栋2", "10栋10", "Ab", "A座", "b座", "阿姨", "电", "电梯", "张三", "张四",
                 "章三"}));
    // As a word 曾 is "ceng", as a surname "zeng".
    CHECK(sorts({"曾", "陈", "单", "解", "杨", "张"}));
    CHECK(sorts({"陈", "欧阳", "单一", "解放", "杨", "曾国藩", "张"}, Reading::name));
    // Only the first character is a surname.
    CHECK(collation_key("张曾", Reading::name) == collation_key("张曾"));
    CHECK(collation_key("Ａ１２") == collation_key("a12"));
    CHECK(collation_key("007") == collation_key("7"));
    CHECK(collation_key("0") < collation_key("1"));
    CHECK(collation_key("99") < collation_key("100"));
    // What has no reading comes after what has.
    CHECK(collation_key("做") < collation_key("あ"));
    CHECK(collation_key("\xFF") < collation_key("1"));
}
