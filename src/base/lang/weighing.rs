//! Words of the report on what a standing rests on.

super::texts! { /// Words of the report on what a standing rests on.
Weighing {
    arg_doubt: "不出排名，出「一致性与存疑」：专家意见一致到什么程度，名次和名额线靠不靠得住，哪些分要再核对", "In place of the standing: how far experts agree, what places and the line rest on, which marks to check again";
    arg_employers: "任职单位 csv：expert,employer 和 application,employer，看专家给本单位的分是否偏高（与 --doubt 同用）", "Employers as csv: expert,employer and application,employer, to see how own employers fare (with --doubt)";
    about_screen: "对照登记册看专家给本单位、互评单位的分是否偏高，供秘书核查，不是结论", "Hold marks against the register: own employers and mutual marks; for the secretary to look at, no verdict";

    title: "一致性与存疑", "Agreement and doubt";
    who: "专家 {} 人，申报 {} 份，分数 {} 个", "{} experts, {} applications, {} marks";

    line: "名额线", "The cut line";
    of_raw: "以下按未换算的原始得分，名次与换算后的推荐排序可能不同", "Of raw scores, before groups were made comparable: places may differ from those of the standing";
    line_of_raw: "名额线、逐一去掉专家、重新抽取专家这里不列：没有按可比得分算过", "The cut line, leaving experts out and drawing them anew are not shown: they were not worked out for comparable scores";
    no_quota: "没有名额线。", "There is no cut line.";
    line_holds: "去掉任何一位专家，线内名单都不变。", "Whichever expert is left out, the same applications are above the line.";
    line_without: "不计 {}：{}", "Without {}: {}";
    enters: "{} 进", "{} in";
    leaves: "{} 出", "{} out";
    ties: "{} 在线上并列", "{} tied at the line";
    loses: "{} 份数不足，没有结果", "{} without a result for too few sheets";
    tied: "现在线上并列：{}，余 {} 个名额，由会议决定。", "Tied at the line now: {}; seats left for them: {}, for the meeting to decide.";
    resampled: "专家有放回重抽，全部 {} 种抽法逐一算过：", "Experts drawn with replacement, all {} ways gone through:";
    resampled_some: "专家有放回重抽 {} 次（种子 {}）：", "Experts drawn with replacement, {} times (seed {}):";
    share_all: "每份都始终在线的同一侧。", "Every application is always on the same side of the line.";
    share_one: "{} 有 {} 在线内", "{} is inside in {}";
    not_resampled: "分数太多，没有做重抽。", "Too many marks to resample.";

    places: "名次靠不靠得住", "What places rest on";
    places_note: "「不变」「同侧」：每次不计一位专家重排，名次不变、仍在线的同一侧的次数。", "Same place, same side: in how many standings with one expert left out.";
    column_rank: "名次", "Rank";
    column_code: "编号", "Code";
    column_score: "得分", "Score";
    column_same: "不变", "Same";
    column_side: "同侧", "Side";
    column_best: "最好", "Best";
    column_worst: "最差", "Worst";
    column_share: "重抽入围", "Inside";
    column_low: "最低", "Low";
    column_high: "最高", "High";
    column_sd: "标准差", "SD";

    agreement_note: "1 为完全一致，0 与随意打分无异；一般 0.8 以上可靠，0.667 以下要当心。", "1 is full agreement, 0 is chance; 0.8 and more is sound, below 0.667 take care.";
    by_criterion: "各项指标的一致性", "Agreement by criterion";
    column_criterion: "指标", "Criterion";
    column_alpha: "alpha", "alpha";
    column_w: "W", "W";
    column_icc: "ICC(2,1)", "ICC(2,1)";
    votes: "推荐意见的一致性（弗莱斯 kappa）", "Agreement of votes (Fleiss' kappa)";

    look: "请再核对的分", "Marks to check again";
    look_note: "只是请专家说明，不删不改任何分。", "Experts are asked to explain; no mark is deleted or changed.";
    look_none: "没有。", "None.";
    outlier: "{} {}：总分 {}，中位数 {}（修正 z {}）", "{} {}: total {}, median {} (modified z {})";
    abnormal: "{} {} {}：打 {}，中位数 {}，满分 {}", "{} {} {}: mark {}, median {}, maximum {}";
    off: "{} {}：各项与专家组平均合计相差 {}，容许 {}", "{} {}: {} from the panel's means in all, {} allowed";
    objective: "{} {} 是客观项，专家打分不一致：{}", "{} {} is a matter of fact, marks differ: {}";

    strictness: "专家宽严", "How strict experts are";
    column_expert: "专家", "Expert";
    column_mean: "平均总分", "Mean";
    column_lenient: "宽严", "Lenient";
    strict_note: "宽严：与其他专家评同样的材料相比，高出（+）或低于（-）多少分。", "Lenient: points above (+) or below (-) the others on the same applications.";
    strict_same: "只看平均分，按宽严校正前后线内名单相同。", "By plain means, with that set off, the same applications are above the line.";
    strict_change: "只看平均分，按宽严校正后线内名单会变：{}。仅供会议参考，不改变得分。", "By plain means, with that set off, the line would change: {}. For the meeting to know; scores stay.";
    strict_parts: "专家分成 {} 组，彼此没有共同评过的申报，宽严无从比较：{}", "Experts fall into {} groups that share no application and can't be compared: {}";
    shrunken: "按给定方差收缩后的估计", "Drawn to the mean by the variances given";
    column_estimate: "估计", "Estimate";
    column_variance: "方差", "Variance";

    pairs: "专家之间", "Experts two by two";
    pair_same: "{} 与 {} 打过的分完全相同", "{} and {} gave the same marks throughout";
    pair_close: "{} 与 {} 除去申报和专家的高低后仍同起同落（相关 {}，{} 份）", "{} and {} rise and fall together beyond application and expert (r {}, {} applications)";
    pairs_none: "没有完全相同或特别接近的打分。", "No two gave the same or unusually close marks.";

    register: "对照登记册", "Held against the register";
    own_none: "没有专家评过本单位的申报，也没有单位互评。", "No expert marked an application of the own employer, and no two employers marked each other.";
    own_unknown: "登记册里没有能对上的单位。", "The register names no employers to compare.";
    column_employer: "单位", "Employer";
    column_own: "本单位分数", "Own";
    column_own_dev: "平均偏差", "Deviation";
    column_others: "其他分数", "Others";
    column_others_dev: "平均偏差", "Deviation";
    column_difference: "相差", "Difference";
    mutual: "{} 与 {}：各评对方 {}、{} 个分数，高出其余 {}、{}", "{} and {}: {} and {} marks for each other, higher than the rest by {} and {}";
}}
