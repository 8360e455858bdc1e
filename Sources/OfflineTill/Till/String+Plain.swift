extension String {
    /// Whether it has 1 to `limit` bytes, none of them a control character: what the ledger asks of its texts.
    func isPlain(upTo limit: Int) -> Bool {
        (1...limit).contains(utf8.count) && utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
    }

    /// Whether it can be a sale's order number: 1 to 64 bytes, as in the ledger.
    var isOrderNumber: Bool { isPlain(upTo: 64) }

    /// Whether it can name a sales channel: 1 to 32 bytes, as in the ledger.
    var isChannelName: Bool { isPlain(upTo: 32) }
}
