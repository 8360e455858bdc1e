package import AuditLog

/// Why a witness did not cosign a checkpoint, for the officer who runs the log.
package struct WitnessClientError: Error, Equatable, Sendable {
    /// The name of the witness's key.
    package let witness: KeyName
    package let reason: Reason

    package enum Reason: Error, Equatable, Sendable {
        /// The address is not an http or https URL of a host, without query, fragment and password.
        case address(String)
        /// No connection, or it broke.
        case unreachable(String)
        /// No whole reply in this many seconds.
        case late(seconds: Double)
        /// The reply is longer than ``WitnessClient/maximumReplyLength``.
        case tooLong
        /// The witness said no: the status, and the first line of what it said.
        case refused(status: Int, line: String)
        /// The witness cosigned a larger tree of this log before.
        case ahead(known: UInt64, size: UInt64)
        /// There is no proof from the size that the witness knows.
        case unproven(first: UInt64, second: UInt64, why: String)
        /// It said yes, without a good cosignature of its key.
        case notCosigned(CheckpointOpeningError)
        /// Whoever asked no longer waits.
        case cancelled
    }

    /// What happened and what to do, for a person.
    package var sentence: String {
        switch reason {
        case .address(let text):
            "The address of witness \(witness), \(text), is not a web address. It begins with https:// or "
                + "http:// and names a host."
        case .unreachable(let why):
            "Witness \(witness) could not be reached: \(why). It will be asked again; nothing is lost."
        case .late(let seconds):
            "Witness \(witness) did not answer within \(Int(seconds.rounded(.up))) s. It will be asked again; "
                + "nothing is lost."
        case .tooLong:
            "What answered for witness \(witness) sent more than a witness ever does. Check its address."
        case .refused(let status, let line):
            "Witness \(witness) refused the checkpoint (\(status)): \(line.isEmpty ? "no reason given" : line)"
        case .ahead(let known, let size):
            "Witness \(witness) has cosigned this log at \(known) entries, and was shown \(size). Was the ledger "
                + "brought back from an older copy? Do not go on before that is known."
        case .unproven(let first, let second, let why):
            "Witness \(witness) knows this log at \(first) entries, and this ledger has no proof from there to "
                + "\(second): \(why)"
        case .notCosigned:
            "Witness \(witness) agreed, but its signature is not good. Check its key and its address."
        case .cancelled:
            "The request to witness \(witness) was given up."
        }
    }
}

extension WitnessClientError.Reason {
    init(_ failure: HTTPFailure) {
        self =
            switch failure {
            case .unreachable(let why): .unreachable(why)
            case .late(let seconds): .late(seconds: seconds)
            case .tooLong: .tooLong
            case .cancelled: .cancelled
            }
    }
}
