import Foundation

extension HTTPBench {
    /// Redemptions as wrk sends them, a load generator that is none of ours, from 64 connections for some seconds.
    func wrk(_ served: ServedBench, in root: String) throws {
        let seconds = 5
        let requests = try served.redemptions(min(count * 2, 60_000), showing: .token)
        let folder = URL(fileURLWithPath: root).appendingPathComponent("wrk")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var lines = Data()
        for request in requests {
            // A line of the file for each: tabs, which no request has, stand for its line breaks.
            lines +=
                Data(String(decoding: request, as: UTF8.self).replacing("\r\n", with: "\t").utf8) + [0x0a]
        }
        try lines.write(to: folder.appendingPathComponent("requests"))
        try Data(HTTPBench.script.utf8).write(to: folder.appendingPathComponent("redeem.lua"))
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.currentDirectoryURL = folder
        process.arguments = [
            "wrk", "-t1", "-c64", "-d\(seconds)s", "--latency", "-s", "redeem.lua",
            "http://127.0.0.1:\(served.port)",
        ]
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchError.setup("wrk: \(text)") }
        guard let answered = text.firstMatch(of: /([0-9]+) requests in/).flatMap({ Int($0.output.1) }),
            let rate = text.firstMatch(of: /Requests\/sec: +([0-9.]+)/)?.output.1,
            let slowest = text.firstMatch(of: /99% +([0-9.]+[a-z]+)/)?.output.1
        else { throw BenchError.setup("wrk said: \(text)") }
        let refused = text.firstMatch(of: /Non-2xx or 3xx responses: ([0-9]+)/)?.output.1 ?? "0"
        // What was sent a second time was answered from memory.
        let note = answered > requests.count ? ", \(answered - requests.count) of them retries" : ""
        print("wrk, 64 connections, token: \(rate)/s, p99 \(slowest), \(refused) refused\(note)")
    }

    private static let script = """
        local requests, index = {}, 0
        for line in io.lines("requests") do requests[#requests + 1] = line:gsub("\\t", "\\r\\n") end
        request = function()
            index = index % #requests + 1
            return requests[index]
        end
        """
}
