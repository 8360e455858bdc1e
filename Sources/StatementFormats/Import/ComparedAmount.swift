/// Which amount of a sale or refund two sides are compared by.
package enum ComparedAmount: String, CaseIterable, Sendable {
    /// The whole bill: a WeChat bill's 订单金额 and 申请退款金额.
    case bill
    /// What the customer paid: 应结订单金额, 退款金额.
    case paid
    /// What vouchers paid: 代金券金额, 充值券退款金额.
    case coupon
}
