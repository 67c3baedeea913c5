#include "api/pool.hpp"

namespace tenantry::api {

Result<std::unique_ptr<Pool>> Pool::create(db::Database& database, unsigned threads,
                                           std::size_t queue_limit) {
    std::unique_ptr<Pool> pool{new Pool(queue_limit)};
    for (unsigned i = 0; i < threads; ++i) {
        pool->readers_.push_back(TRY(database.open_reader()));
    }
    for (auto& reader : pool->readers_) {
        pool->threads_.emplace_back([&self = *pool, &own = *reader] { self.work(own); });
    }
    return pool;
}

Pool::~Pool() {
    {
        const Lock lock{mutex_};
        stopping_ = true;
    }
    wakes_.notify_all();
    for (auto& thread : threads_) {
        thread.join();
    }
}

Result<void> Pool::run(Task task) {
    {
        const Lock lock{mutex_};
        if (queue_.size() >= queue_limit_ || stopping_) {
            return Error{Code::Unavailable, "The server is busy; try again shortly"};
        }
        queue_.push_back(std::move(task));
    }
    wakes_.notify_one();
    return {};
}

void Pool::work(db::Reader& reader) {
    for (;;) {
        Task task;
        {
            const Lock lock{mutex_};
            while (queue_.empty() && !stopping_) {
                wakes_.wait(mutex_);
            }
            if (queue_.empty()) {
                return;
            }
            task = std::move(queue_.front());
            queue_.pop_front();
        }
        task(reader);
    }
}

}  // namespace tenantry::api
