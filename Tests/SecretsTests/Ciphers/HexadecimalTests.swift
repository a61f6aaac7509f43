import Secrets
import Testing

@Suite struct HexadecimalTests {
    @Test func everyByteThereAndBack() {
        let all = Array(UInt8.min...UInt8.max)
        #expect([UInt8](hex: all.hex) == all)
        #expect([UInt8](hex: all.hex.uppercased()) == all)
        #expect([0x00, 0x0f, 0xa5, 0xff].hex == "000fa5ff")
        #expect([UInt8]().hex == "")
        #expect([UInt8](hex: "") == [])
    }

    @Test(arguments: ["0", "abc", "0g", "g0", "0x", " 0", "0\n", "--", "+1", "é0", "１２", "@@", "``", ":;"])
    func whatIsNoPairOfDigitsIsNil(text: String) {
        #expect([UInt8](hex: text) == nil)
    }
}
