@main
struct LoadDriver { static func main() {} }
