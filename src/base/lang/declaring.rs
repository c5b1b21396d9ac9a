//! Declarations of recusal, and what is asked of them on the command line.

super::texts! { /// Declarations.
Declaring {
    about_export: "专家承诺书和回避声明：每位专家一份，申报单位按拼音排列，不含编号（docx 和 md）", "The experts' declarations: one each, applicants in pinyin order, no codes (docx and md)";
    arg_out: "放在哪个文件夹（默认：exports/declarations）", "Which folder (default: exports/declarations)";
    arg_declare: "登记这位专家签好的回避声明", "Enter the signed declaration of this expert";
    arg_none: "声明：没有回避情形", "Declared: no ground of recusal";
    arg_recuse: "声明回避：“单位名称 事由”，事由用名单上的序号 1–9，可写多次", "Declared: \"applicant ground\", the ground by its number 1–9 on the paper; may be repeated";
    written: "写出 {} 份声明，放在 {}", "wrote {} declarations to {}";
    keep_apart: "名单上有单位名称：打印后由秘书保管，不与匿名材料放在一起。", "The lists hold names: print them, keep them with the secretary, apart from packets.";
    none: "{}：无回避情形", "{}: no ground of recusal";
    recused: "{}：回避 {}（{}）", "{}: recused from {} ({})";
    waiting: "还没有登记回避声明的专家：{}", "Experts whose declaration is not entered yet: {}";
    all_in: "各位专家的回避声明都已登记。", "Every expert's declaration is entered.";
    assign_anew: "回避有变动，请重新分配。", "Recusals changed: assign anew.";
}}
