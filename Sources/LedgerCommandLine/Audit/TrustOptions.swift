import ArgumentParser
import AuditLog
import Foundation
import LedgerService

/// Whom a verifier trusts: the log's keys and the witnesses that must have seen its checkpoint.
struct TrustOptions: ParsableArguments {
    @Option(
        name: .customLong("key"),
        help:
            "A verifier key of the log, in signed-note form; may be repeated: one must have signed, none wrongly."
    )
    var keys: [String] = []

    @Option(name: .customLong("key-file"), help: "A file of verifier keys, one a line.")
    var keyFile: String?

    @Option(
        name: .customLong("policy"), help: "A file that says which witnesses must have seen the checkpoint.")
    var policyFile: String?

    /// The keys, from the options or else from what comes with the log.
    ///
    /// - Parameter offered: reads a file that comes with the log.
    func log(offered: (String) throws -> [UInt8]?) throws -> (log: KnownLog, areOwn: Bool) {
        var keys = try TrustOptions.keys(keys, file: keyFile)
        // Even one that is not needed must be what it seems: every file of the log is verified.
        let offeredKeys = try TrustOptions.keys(in: try offered(LogFileName.keys) ?? [])
        let areOwn = !keys.isEmpty
        if !areOwn { keys = offeredKeys }
        guard let first = keys.first, keys.allSatisfy({ $0.name == first.name }) else {
            throw CommandFailure.usage(
                "Name the log's verifier key with --key or --key-file; all must be of one log.")
        }
        return (KnownLog(origin: LogOrigin(first.name), keys: keys), areOwn)
    }

    /// The verifier keys that were typed or are in a file, one a line.
    static func keys(_ typed: [String], file: String? = nil) throws -> [NoteVerifierKey] {
        try (typed + lines(try file.map(readFile) ?? [])).map { text in
            do {
                return try NoteVerifierKey(text)
            } catch {
                throw CommandFailure.usage(
                    "\(text) is no verifier key, as wenhui key list --note prints it: \(error).")
            }
        }
    }

    /// The keys in a file that came with the log.
    private static func keys(in file: [UInt8]) throws(AuditFault) -> [NoteVerifierKey] {
        guard file.isEmpty || file.last == UInt8(ascii: "\n") else {
            throw .file(
                LogFileName.keys, "its last line does not end with a newline; it may have been cut off")
        }
        return try lines(file).enumerated().map { number, line throws(AuditFault) in
            do {
                return try NoteVerifierKey(line)
            } catch {
                throw .file(LogFileName.keys, "key \(number + 1): \(error)")
            }
        }
    }

    /// The policy, from the option or else from what comes with the log.
    func policy(offered: (String) throws -> [UInt8]?) throws -> WitnessPolicy {
        let offeredPolicy: WitnessPolicy
        do {
            offeredPolicy = try WitnessPolicy(
                try offered(LogFileName.policy) ?? WitnessPolicy.unwitnessed.bytes)
        } catch let error as WitnessPolicyError {
            throw AuditFault.file(LogFileName.policy, "\(error)")
        }
        guard let policyFile else { return offeredPolicy }
        do {
            return try WitnessPolicy(try readFile(policyFile))
        } catch let error as WitnessPolicyError {
            throw CommandFailure.usage("\(policyFile), \(error)")
        }
    }

    private static func lines(_ bytes: [UInt8]) -> [String] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
            .filter { !$0.isEmpty && !$0.hasPrefix("#") }
    }
}
