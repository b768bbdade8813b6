#pragma once
// Photos in the page: taken in, kept by the browser before anything names them, handed to day files, and let go when
// nothing names them any more.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "core/store/block_store.h"
#include "web/views/stage.h"

namespace guanjia {

class PagePhotos {
public:
    explicit PagePhotos(Stage& stage) : stage_{stage} {}

    // A picture that was chosen, dropped or pasted while `path` was shown; empty when it was none.
    void take(std::string_view path, std::string bytes);
    // One that a day file carried.
    void keep(Hash const& hash, std::string_view bytes);
    void kept(std::uint32_t token, BlockOutcome outcome);

    using Loaded = std::function<void(PhotosByHash photos)>;
    void load(std::vector<Hash> const& hashes, Loaded loaded);
    void loaded(std::uint32_t token, std::string_view hash, std::string_view bytes);
    void all_loaded(std::uint32_t token);

    // Of those that the browser keeps, the ones that nothing names are let go. hashes: lines.
    void look_over(std::string_view hashes);

private:
    struct Taken {
        std::string hash;
        std::string ticket;  // empty: nothing more is to be done
        std::size_t bytes = 0;
    };
    struct Loading {
        PhotosByHash photos;
        Loaded loaded;
    };
    void refuse(std::string const& reason);
    std::uint32_t next() { return ++last_token_; }

    Stage& stage_;
    std::uint32_t last_token_ = 0;
    std::map<std::uint32_t, Taken> taken_;
    std::map<std::uint32_t, Loading> loading_;
};

}  // namespace guanjia
