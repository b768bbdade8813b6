// What a store may hand to the mirror: head and records from any bytes. They are put together or refused with a
// sentence; nothing crashes, nothing large is allocated (-malloc_limit_mb), and what was put together can be claimed,
// written to and read again.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/base/strings.h"
#include "core/store/mirror.h"

namespace {

using namespace guanjia;

// Hands out the input piece by piece; zeros when there is no more.
class Input {
public:
    Input(std::uint8_t const* data, std::size_t size) : rest_{reinterpret_cast<char const*>(data), size} {}
    std::uint32_t byte() {
        if (rest_.empty()) return 0;
        auto const value = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        return value;
    }
    std::string bytes(std::size_t size) {
        std::string part{rest_.substr(0, size)};
        rest_.remove_prefix(part.size());
        return part;
    }
    bool ended() const { return rest_.empty(); }

private:
    std::string_view rest_;
};

// Random bytes never get past the sums, so the fuzzer may have them set right.
void seal(std::string& bytes) {
    auto const sum = crc32c(bytes);
    for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>((sum >> shift) & 0xFF);
}

struct Memory : BlockStore {
    void write(BlockTransaction transaction, std::function<void(BlockOutcome)> done) override {
        head = transaction.head.bytes;
        answer = std::move(done);
    }
    std::string head;
    std::function<void(BlockOutcome)> answer;
};

// Pages made of one byte each: the input is short, records are not.
PageSet some_pages(Input& input) {
    PageSet set;
    for (auto count = input.byte() % 20; count > 0; --count)
        set[input.byte() % 64] = std::string(mirror_page_size, static_cast<char>(input.byte()));
    return set;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    Input input{data, size};
    MirrorLoader loader;
    while (!input.ended()) {
        switch (input.byte() % 6) {
            case 0: {
                auto bytes = input.bytes(input.byte());
                if (input.byte() % 2 == 0) bytes = "GJMH" + bytes;
                seal(bytes);
                loader.head(bytes);
                break;
            }
            case 1: {
                MirrorHead head;
                head.epoch = input.byte();
                head.sequence = input.byte();
                head.last = input.byte();
                head.compacted = input.byte();
                head.pages = input.byte() % 64;
                head.generations.assign(input.byte() % 3, input.byte() % 4);
                for (auto cuts = input.byte() % 4; cuts > 0; --cuts) {
                    auto const from = input.byte();
                    head.cut.push_back({from, input.byte()});
                }
                loader.head(encode_head(head));
                break;
            }
            case 2: {
                auto const sequence = input.byte();
                auto const before = input.byte();
                auto const pages = input.byte() % 64;
                for (auto& put : encode_log(sequence, before, pages, some_pages(input)))
                    if (input.byte() % 8 != 0) loader.add(put.area, put.key, std::move(put.bytes));
                break;
            }
            case 3: {
                auto const index = input.byte() % 3;
                auto const generation = input.byte() % 4;
                auto put = encode_segment(index, generation, std::string(input.byte() % 64 * mirror_page_size, 's'));
                loader.add(put.area, put.key, std::move(put.bytes));
                break;
            }
            case 4: {
                auto bytes = "GJML" + input.bytes(input.byte());
                bytes.resize(bytes.size() + input.byte() % 3 * mirror_page_size);
                seal(bytes);
                auto const sequence = input.byte();
                loader.add(BlockArea::log, {sequence, input.byte() % 3}, std::move(bytes));
                break;
            }
            default: {
                auto const area = input.byte() % 2 == 0 ? BlockArea::log : BlockArea::segment;
                auto const first = input.byte();
                auto const second = input.byte();
                loader.add(area, {first, second}, input.bytes(input.byte()));
            }
        }
    }
    auto content = loader.finish();
    if (!content) {
        if (!has_sentence("refusal." + content.error().reason)) std::abort();
        if (content.error().reason == "store.damaged" && loader.findings().empty()) std::abort();
        return 0;
    }
    if (content->sequence > content->head.sequence && content->head.epoch != 0) std::abort();
    if (content->tail_was_cut() && (loader.findings().empty() || content->cut_through < content->head.last))
        std::abort();
    auto const pages = content->file.pages();
    auto const cut_through = content->cut_through;
    Memory store;
    Mirror mirror{"fuzz", store, std::move(*content), {}};
    if (mirror.pages() != pages || mirror.committed() < cut_through) std::abort();
    mirror.claim();
    auto const claimed = decode_head(store.head);
    if (!claimed) std::abort();
    store.answer(BlockOutcome::complete);
    if (mirror.state() != SaveState::saved || mirror.bytes().size() != std::size_t{pages} * mirror_page_size)
        std::abort();
    return 0;
}
