package import LedgerService

/// Whom the server asks beyond itself, where it was told to.
package struct Outside: Sendable {
    /// Where short messages go; `nil` where none do.
    package let messages: MessageDispatch?
    /// Who knows whether a name, a number and a phone go together; `nil` where nobody is asked.
    package let realName: (any RealNameCheck)?

    package init(messages: MessageDispatch? = nil, realName: (any RealNameCheck)? = nil) {
        self.messages = messages
        self.realName = realName
    }
}
