#include "api/pool.hpp"

namespace tenantry::api {

Result<std::unique_ptr<Pool>> Pool::create(db::Database& database, unsigned threads,
                                           std::size_t queue_limit) {
    std::unique_ptr<Pool> pool{new Pool(queue_limit)};
    for (unsigned i = 0; i < threads; ++i) {
        pool->readers_.push_back(TRY(database.open_reader(db::ReaderUse::Prompt)));
    }
    for (auto& reader : pool->readers_) {
        pool->threads_.emplace_back([&self = *pool, &own = *reader] { self.work(own); });
    }
    return pool;
}

Pool::~Pool() {
    stop();
    for (auto& thread : threads_) {
        thread.join();
    }
}

void Pool::stop() {
    std::deque<Task> dropped;  // goes without the lock: what a task holds may want to answer
    {
        const Lock lock{mutex_};
        stopping_ = true;
        dropped.swap(queue_);
    }
    wakes_.notify_all();
    dropped.clear();
    const Lock lock{mutex_};
    while (running_ > 0) {
        for (const auto& reader : readers_) {
            reader->interrupt();
        }
        // A task may have been between two statements.
        constexpr std::chrono::milliseconds kAgain{20};
        ends_.wait_for(mutex_, kAgain);
    }
}

Pool::Figures Pool::figures() const {
    const Lock lock{mutex_};
    return {queue_.size(), refused_};
}

Result<void> Pool::run(Task task) {
    {
        const Lock lock{mutex_};
        if (queue_.size() >= queue_limit_ || stopping_) {
            ++refused_;
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
            ++running_;
        }
        task(reader);
        task = nullptr;
        const Lock lock{mutex_};
        --running_;
        ends_.notify_all();
    }
}

}  // namespace tenantry::api
