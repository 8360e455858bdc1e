import Cryptography
import Foundation
package import LedgerDomain

/// Why what was published of a lottery is not to be believed, and where.
package struct LotteryFault: Error, Equatable, Sendable, CustomStringConvertible {
    package var file: String
    package var reason: String

    package var description: String { "\(file): \(reason)." }
}

extension LotteryPublication {
    /// Reads what is in a folder; whether it is true only ``verify(log:policy:)`` says.
    package init(reading folder: String) throws(LotteryFault) {
        func bytes(_ name: String) throws(LotteryFault) -> Data {
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else {
                throw LotteryFault(file: name, reason: "it cannot be read")
            }
            return data
        }
        do {
            record = try JSONDecoder().decode(LotteryRecord.self, from: try bytes(Self.recordName))
        } catch let fault as LotteryFault {
            throw fault
        } catch {
            throw LotteryFault(file: Self.recordName, reason: "it is not a lottery's record")
        }
        marks = []
        for (index, fields) in try Self.rows(
            try bytes(Self.entriesName), Self.entriesName, "number,mark"
        ).enumerated() {
            guard fields.count == 2, fields[0] == "\(index + 1)", let mark = Octets(digest: fields[1]) else {
                throw LotteryFault(
                    file: Self.entriesName,
                    reason: "line \(index + 2) is not the number \(index + 1) and a mark"
                )
            }
            marks.append(mark)
        }
        let winnersFile = FileManager.default.contents(atPath: "\(folder)/\(Self.winnersName)")
        steps = []
        if let winnersFile { winners = try Self.winners(winnersFile, among: marks) }
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(Self.receiptsName)")) ?? []
        for name in names {
            guard name.hasSuffix(".tlog-proof"), let event = UInt64(name.dropLast(11)) else {
                throw LotteryFault(
                    file: "\(Self.receiptsName)/\(name)", reason: "its name is not an event's number")
            }
            steps.append(
                Step(event: event, receipt: [UInt8](try bytes("\(Self.receiptsName)/\(name)"))))
        }
        steps.sort { $0.event < $1.event }
    }

    private static func winners(_ data: Data, among marks: [Octets]) throws(LotteryFault) -> [UInt32] {
        var winners: [UInt32] = []
        for (index, fields) in try rows(data, winnersName, "place,number,mark").enumerated() {
            guard fields.count == 3, fields[0] == "\(index + 1)", let number = UInt32(fields[1]), number >= 1,
                Int(number) <= marks.count, Octets(digest: fields[2]) == marks[Int(number) - 1]
            else {
                throw LotteryFault(
                    file: winnersName,
                    reason: "line \(index + 2) is not the place \(index + 1), an entry's number and its mark")
            }
            winners.append(number)
        }
        return winners
    }

    private static func rows(
        _ data: Data, _ file: String, _ header: String
    ) throws(LotteryFault) -> [[String]] {
        var lines = String(decoding: data, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.first == header else {
            throw LotteryFault(file: file, reason: "its first line is not “\(header)”")
        }
        guard lines.last == "" else {
            throw LotteryFault(file: file, reason: "its last line does not end; it may have been cut off")
        }
        lines.removeLast()
        return lines.dropFirst().map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }
}

extension Octets {
    /// Reads the 64 hexadecimal digits of a digest; `nil` for anything else.
    package init?(digest text: String) {
        guard let bytes = [UInt8](hexadecimal: text), bytes.count == LotteryDraw.length else { return nil }
        self.init(bytes)
    }
}
