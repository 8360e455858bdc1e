package import LedgerDomain
import LedgerEngine
package import StatementFormats

/// Sessions with cheap tickets (场次): who was admitted, and what a cancellation gives back.
extension LedgerService {
    /// Attests the admissions of a file, ticket by ticket; each has its own key and its own answer.
    package func admit(
        _ file: TicketFile, to session: SessionID, _ call: Call, progress: (Int, Int) -> Void = { _, _ in }
    ) async throws(ServiceError) -> BulkSummary {
        var summary = BulkSummary()
        for start in stride(from: 0, to: file.rows.count, by: 500) {
            let slice = file.rows[start..<min(start + 500, file.rows.count)]
            let requests = slice.map { row in
                let command = Admit.with {
                    $0.session = session
                    $0.ticket = row.ticket
                    $0.paid = row.paid
                }
                return request(command, call.step(row.ticket))
            }
            for (row, reply) in zip(slice, await performAll(requests)) {
                try summary.add(reply, line: row.line)
            }
            progress(start + slice.count, file.rows.count)
        }
        return summary
    }

    /// What a cancellation gave back.
    package struct Cancellation: Sendable {
        /// `nil` where the session had been cancelled before and this only went on.
        package var receipt: Receipt<CancelSession>?
        /// Redemptions that were refunded, and their subsidy.
        package var refunds = 0
        package var subsidy = Amount.zero
        /// Bookings that were voided.
        package var bookings = 0
    }

    /// Cancels a session, voids its bookings and refunds everything that was redeemed for it, to the vouchers.
    package func cancel(
        _ session: SessionID, because reason: String, _ call: Call
    ) async throws(ServiceError) -> Cancellation {
        let receipt: Receipt<CancelSession>?
        do throws(ServiceError) {
            receipt = try await perform(
                CancelSession.with {
                    $0.session = session
                    $0.reason = reason
                }, call)
        } catch {
            let isCancelled = try state { state in
                state.sessions.contains(session) && state.sessions[session].status == .cancelled
            }
            // What an earlier call began goes on.
            guard case .refused(.sessionNotOpen, _) = error, isCancelled else { throw error }
            receipt = nil
        }
        let (bookings, sales) = try state { state in
            (
                state.sessionHolds.filter { $0.value == session }.keys.sorted(),
                state.sessionSales.filter { $0.value == session }.keys.sorted().map { id in
                    (id, state.redemptions[id].bill - (state.refunds[id]?.bill ?? .zero))
                }.filter { $0.1 > .zero }
            )
        }
        var cancellation = Cancellation(receipt: receipt)
        for booking in bookings {
            try await perform(
                VoidAuthorisation.with { $0.authorisation = booking },
                call.step("void \(booking.rawValue)"))
            cancellation.bookings += 1
        }
        for (redemption, bill) in sales {
            let refund = try await perform(
                Refund.with {
                    $0.redemption = redemption
                    $0.bill = bill
                }, call.step("refund \(redemption.rawValue) of \(bill.fen)"))
            cancellation.refunds += 1
            cancellation.subsidy += refund.accepted.subsidy.total
        }
        return cancellation
    }
}
