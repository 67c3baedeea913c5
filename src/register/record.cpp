#include "register/record.hpp"

#include <fmt/format.h>

#include <memory>

#include "register/sql.hpp"

namespace tenantry::housing {

std::string PageOfIds::json() const {
    std::string text = "[";
    for (const auto id : ids) {
        if (text.size() > 1) {
            text += ',';
        }
        text += std::to_string(id);
    }
    return text + ']';
}

std::string json_list(const std::vector<std::string>& texts) {
    std::string list = "[";
    for (const auto& text : texts) {
        list += list.size() > 1 ? ",\"" : "\"";
        for (const char c : text) {
            if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\') {
                fmt::format_to(std::back_inserter(list), "\\u{:04x}", static_cast<unsigned>(c));
            } else {
                list += c;
            }
        }
        list += '"';
    }
    return list + ']';
}

std::int64_t rows_to_count(Paging paging) {
    return paging.offset + paging.limit + kCountAhead;
}

void PageFiller::add(std::int64_t id) {
    if (page_.total >= paging_.offset && static_cast<std::int64_t>(page_.ids.size()) < paging_.limit) {
        page_.ids.push_back(id);
    }
    ++page_.total;
}

PageOfIds PageFiller::take() {
    page_.total_is_exact = !is_full();
    return std::move(page_);
}

Result<PageOfIds> read_page(db::Rows rows, Paging paging) {
    PageFiller page{paging};
    while (TRY(rows.next())) {
        std::int64_t id = 0;
        rows.into(id);
        page.add(id);
    }
    return page.take();
}

namespace {

/// The number that a group of writes has come to.
class NextId final : public db::LeftToEnd {
  public:
    NextId(Literal noun, std::int64_t number) : noun_(noun), number_(number) {}

    [[nodiscard]] std::int64_t number() const { return number_; }
    Result<void> store(db::Transaction& tx) const override {
        return tx.send(sql::record::set_next_id, noun_.view(), number_);
    }

  private:
    const Literal noun_;
    const std::int64_t number_;
};

}  // namespace

Result<std::int64_t> next_id(db::Transaction& tx, Literal noun) {
    return take_ids(tx, noun, 1);
}

Result<void> expect_next_id(db::Transaction& tx, Literal noun) {
    return tx.left_to_end<NextId>(noun.view()) == nullptr ? tx.expect(sql::record::find_next_id, noun.view())
                                                          : Result<void>{};
}

Result<std::int64_t> take_ids(db::Transaction& tx, Literal noun, std::int64_t count) {
    std::int64_t first = 0;
    if (const auto* left = tx.left_to_end<NextId>(noun.view())) {
        first = left->number();
    } else {
        TRY(tx.find(sql::record::find_next_id, std::tie(first), noun.view()));
    }
    const auto next = std::make_shared<NextId>(noun, first + count);
    if (tx.has_end()) {
        tx.leave_to_end(noun.view(), next);
    } else {
        TRY(next->store(tx));
    }
    return first;
}

}  // namespace tenantry::housing
