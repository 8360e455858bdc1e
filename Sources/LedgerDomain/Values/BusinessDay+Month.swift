extension BusinessDay {
    /// Calendar months since the year 0; days of one month have the same number, the next month one more.
    package var month: Int { civil.year * 12 + civil.month - 1 }

    /// The first day of this day's month.
    package var firstOfMonth: BusinessDay { BusinessDay(days: days &- Int32(civil.day) &+ 1) }

    /// The last day of this day's month.
    package var lastOfMonth: BusinessDay {
        // 31 days after the first is in the next month, whatever the month; days of a foreign log may be any number.
        let next = BusinessDay(days: firstOfMonth.days &+ 31).firstOfMonth
        return BusinessDay(days: next.days &- 1)
    }
}
