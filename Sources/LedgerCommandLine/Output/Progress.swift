import Foundation

/// Shows long work on standard error: a bar on a terminal, a line now and then in a pipe.
final class Progress: @unchecked Sendable {
    private let label: String
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let lock = NSLock()
    private var lastShown = 0.0
    private var started = Date()

    init(_ label: String) { self.label = label }

    func show(_ done: Int, of total: Int) {
        lock.lock()
        defer { lock.unlock() }
        let now = Date().timeIntervalSince(started)
        let isEnd = done >= total
        guard isEnd ? lastShown > 0 : now - lastShown >= (isTerminal ? 0.1 : 5) else { return }
        lastShown = now
        let share = total > 0 ? Double(done) / Double(total) : 1
        if isTerminal {
            let filled = Int(share * 30)
            let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: 30 - filled)
            write("\r\(label) \(bar) \(done)/\(total)\(isEnd ? "\n" : "")")
        } else {
            write("\(label) \(done)/\(total)\n")
        }
    }

    private func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
