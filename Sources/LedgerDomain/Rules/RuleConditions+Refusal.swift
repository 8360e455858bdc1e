extension RuleConditions {
    /// Why a voucher cannot be used at an outlet at `instant`; `nil` where it can.
    package func refusal(at instant: Instant, _ outlet: Outlet) -> Refusal? {
        if let from, instant < from { return .notYetUsable }
        if let until, instant >= until { return .voucherExpired }
        if let hours, !hours.contains(minute: instant.minuteOfDay) { return .outsideHours }
        if !weekdays.isEmpty, !weekdays.contains(UInt8(instant.calendarDay.weekday)) {
            return .outsideWeekdays
        }
        if !categories.isEmpty, !categories.contains(outlet.category) { return .categoryExcluded }
        if !outlets.isEmpty, !outlets.contains(outlet.platformID) { return .outletExcluded }
        if !regions.isEmpty, !regions.contains(where: { $0.contains(outlet.region) }) {
            return .regionExcluded
        }
        if ruralOnly == true, !outlet.isRural { return .ruralOnly }
        return nil
    }
}

extension String {
    /// A 64-bit FNV-1a hash that is the same in every process, for finding, not for proving.
    var stableHash: UInt64 {
        utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
