package import LedgerDomain
package import LedgerService

extension Webhooks.Delivery {
    /// A delivery as it is sent, which is the same as a page of the feed.
    package func body(in ledger: LedgerCode) -> [UInt8] {
        writtenJSON(FeedAnswer(items: page.events, next: page.next, isEnd: page.isEnd), in: ledger)
    }
}
