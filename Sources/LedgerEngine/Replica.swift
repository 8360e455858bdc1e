import CBOR
package import LedgerDomain
package import LedgerStorage

/// One ledger's state in this process, brought up to date from the log (DESIGN §5).
package struct Replica: Sendable {
    package let ledger: LedgerCode
    package private(set) var state = LedgerState()

    /// A replica that has seen nothing, or what a snapshot has.
    package init(_ ledger: LedgerCode, state: LedgerState = LedgerState()) {
        self.ledger = ledger
        self.state = state
    }

    /// Applies an event that this process decided.
    package mutating func apply(_ event: Event) throws(EngineFault) {
        do {
            try LedgerDomain.apply(event, to: &state)
        } catch {
            throw .corruptLog(event: state.size, reason: "\(error)")
        }
    }

    /// Applies what others appended, up to `size` events.
    ///
    /// - Parameters:
    ///   - deciding: decides every event again and compares, as `wenhui book replay` does.
    ///   - progress: told the number of events applied so far.
    package mutating func catchUp(
        to size: UInt64, from log: any EventReader, deciding: Bool = false,
        progress: (UInt64) -> Void = { _ in }
    ) throws(EngineFault) {
        guard state.size <= size else {
            throw .logBehind(size: size, seen: state.size)
        }
        while state.size < size {
            let chunk: [[UInt8]]
            do {
                chunk = try log.events(of: ledger, from: state.size, limit: 4096)
            } catch {
                throw .storage(error)
            }
            guard !chunk.isEmpty else { throw .corruptLog(event: state.size, reason: "the event is missing") }
            for bytes in chunk where state.size < size {
                let event = try Event.decoded(bytes, number: state.size)
                do {
                    if deciding {
                        try replay(event, on: &state)
                    } else {
                        try LedgerDomain.apply(event, to: &state)
                    }
                } catch {
                    throw .corruptLog(event: state.size, reason: "\(error)")
                }
            }
            progress(state.size)
        }
    }
}

extension Event {
    /// Decodes a stored event; the fault names its number.
    package static func decoded(_ bytes: [UInt8], number: UInt64) throws(EngineFault) -> Event {
        do {
            return try Event(cborBytes: bytes)
        } catch {
            if let version = version(of: bytes), version > UInt64(currentVersion) {
                throw .newerEvent(event: number, version: version)
            }
            throw .corruptLog(event: number, reason: "\(error)")
        }
    }
}
