"""Many requests at one instant."""
import threading


def at_once(count, act):
    """Runs act(number) on as many threads, released together; what each returned."""
    answers = [None] * count
    gate = threading.Barrier(count)

    def run(number):
        gate.wait()
        answers[number] = act(number)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
