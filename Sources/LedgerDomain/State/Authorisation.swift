/// 预授权: a hold on a voucher until it is captured, voided or out of time. It posts nothing.
package struct Authorisation: Hashable, Sendable, BitwiseCopyable {
    package enum Status: UInt8, CaseIterable, Sendable, BitwiseCopyable {
        case open = 1
        case captured, voided
    }

    package var voucher: VoucherID
    package var outlet: OutletID
    package var terminal: TerminalID
    /// A digest of the sale's order reference at its merchant.
    package var sale: UInt64
    /// The channel's place in ``LedgerState/channels``.
    package var channel: UInt16
    package var status = Status.open
    package var bill: Amount
    package var held: Amount
    package var authorisedAt: Instant
    package var expiry: Instant

    /// Whether it still holds at `instant`; holds end silently.
    package func isLive(at instant: Instant) -> Bool { status == .open && instant < expiry }
}
