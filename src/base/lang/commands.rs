super::texts! { /// Words of the commands.
Commands {
    demo: "演示数据", "Demonstration data";
} }
