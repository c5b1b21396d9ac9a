super::texts! { /// Words of the screens.
Screens {
    demo: "演示数据", "Demonstration data";
} }
