package import LedgerDomain

/// Who asks, once it is known and let in.
package struct Caller: Equatable, Sendable {
    package var principal: Principal

    package init(_ principal: Principal) { self.principal = principal }
}
