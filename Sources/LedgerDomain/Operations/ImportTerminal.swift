package import CBOR

/// One line of a terminals file, inert until the file is closed.
package struct ImportTerminal: Operation {
    package static let type = OperationType.importTerminal

    package var file: Digest128 = .zero
    package var index: UInt32 = 0
    package var outlet: OutletID = .none
    package var serial: String = ""

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &file)
        try coder.field(17, &index)
        try coder.field(18, &outlet)
        try coder.field(19, &serial)
    }

    /// The number that the terminal will have.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var terminal: TerminalID = .none

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &terminal)
        }
    }
}

extension ImportTerminal {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.outlets.contains(outlet) else { return .failure(.unknownOutlet) }
        let staged: StagedImport
        switch state.staging(.terminals, file, index: index) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let found): staged = found
        }
        guard serial.isShortText else { return .failure(.importLineInvalid) }
        guard !state.terminals.storage.contains(where: { $0.serial == serial }),
            !staged.terminals.contains(where: { $0.serial == serial })
        else { return .failure(.alreadyRegistered) }
        return .success(.with { $0.terminal = TerminalID(state.terminals.nextID.rawValue + index) })
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        if index == 0 { state.staged[.terminals] = StagedImport(file: file) }
        state.staged[.terminals]?.terminals.append(Terminal(outlet: outlet, serial: serial))
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .terminal(TerminalRow(file: file, id: accepted.terminal, outlet: outlet, serial: serial)))
    }
}
