/// A pseudonym's counters in its programme; the core knows no more of a resident.
package struct Person: Hashable, Sendable, BitwiseCopyable {
    package var pseudonym: Pseudonym
    /// Face of what is outstanding or used.
    package var amount = Amount.zero
    package var programme: ProgrammeID
    /// Vouchers outstanding or used.
    package var vouchers: UInt32 = 0
    /// The business day ``dayCount`` is for.
    package var day = BusinessDay(days: .min)
    package var dayCount: UInt32 = 0
    /// What the programme has paid for this person's offline conflicts and not had back yet.
    package var debt = Amount.zero

    package init(pseudonym: Pseudonym, programme: ProgrammeID) {
        self.pseudonym = pseudonym
        self.programme = programme
    }
}

/// One person at one merchant.
package struct PersonMerchant: Hashable, Sendable, BitwiseCopyable {
    package var person: PersonID
    package var merchant: MerchantID
}
