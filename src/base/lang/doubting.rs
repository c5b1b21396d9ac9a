//! Words of agreement and doubt, which stand beside a result.

super::texts! { /// Words of agreement and doubt.
Doubting {
    beside: "仅供参考，不影响得分和排名", "for reference only; neither scores nor places depend on it";
    undefined: "无定义：{}", "undefined: {}";

    agreement: "专家一致性", "Agreement of the experts";
    alpha: "克里彭多夫 alpha（{}）", "Krippendorff's alpha ({})";
    nominal: "定类", "nominal";
    ordinal: "定序", "ordinal";
    interval: "定距", "interval";
    ratio: "定比", "ratio";
    pairable: "{} 个可配对分数，{} 份申报", "{} pairable marks of {} applications";
    icc: "组内相关系数 {}", "Intraclass correlation {}";
    cronbach: "克龙巴赫 alpha", "Cronbach's alpha";
    kendall: "肯德尔 W（同分校正）", "Kendall's W (corrected for ties)";
    kendall_plain: "肯德尔 W（未校正）", "Kendall's W (not corrected)";
    left_out: "{} 份申报有空缺分，未计入", "{} applications with a blank are left out";

    fragile_application: "专家之间的比较只靠 {} 这一份申报", "experts are compared through {} alone";
    fragile_mark: "{} 的比较只靠对 {} 的一个分数", "{} is compared through one mark of {} alone";

    employers: "同单位打分偏差（供秘书核查，不是结论）", "Marks for the own employer (for the secretary to look at, no verdict)";

    no_variance: "分数没有差异", "no differences";
    too_few_experts: "专家不足2名", "fewer than two experts";
    too_few_applications: "可比较的申报不足", "too few applications to compare";
    too_few_marks: "分数太少", "too few marks";
    incomplete: "所有专家都打过分的申报不足2份", "fewer than two applications that every expert marked";
    below_zero: "有小于0的分数", "a mark is below zero";
    not_above_zero: "方差不大于0", "a variance is not above zero";
    disconnected: "专家分成互无共同申报的几组，宽严与申报水平分不开", "groups of experts share no application: leniency and quality can't be told apart";
    unequal_votes: "各申报票数不等", "applications have unequal numbers of votes";
    one_answer: "所有票都相同", "all votes are the same";
    one_kind: "没有可对照的分数", "nothing to compare with";
    too_large: "数值过大，无法精确计算", "figures too large to be worked out exactly";
    too_many: "数量过多，未计算", "too many, not worked out";
}}
