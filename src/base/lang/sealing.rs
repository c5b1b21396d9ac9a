//! Words of keys, slips, sealing and opening.

super::texts! { /// Words of keys, slips, sealing and opening.
Sealing {
    // Asked at the terminal.
    ask_passphrase: "本轮口令", "The round's passphrase";
    ask_new_passphrase: "给本轮密钥定一个口令（至少 8 位）", "Choose a passphrase for the round's keys (8 characters or more)";
    ask_own_passphrase: "您的口令", "Your passphrase";
    ask_own_new: "给自己的密钥定一个口令（至少 8 位）", "Choose a passphrase of your own (8 characters or more)";
    ask_again: "再输一遍", "Once more";
    ask_supervisor: "监督的口令", "The supervisor's passphrase";
    ask_slip: "开包条（16 位）", "One-time slip (16 signs)";
    ask_spare: "备用码（照信封里的卡片，30 位）", "Spare code (from the card in the envelope, 30 signs)";
    ask_same: "{} 的核对码是 {} ，与签到表上的一致吗？", "The check code of {} is {} ; is it the one on the sign-in sheet?";
    ask_missing: "{} 没有交评分表，原因", "{} has handed in no sheet; why";
    missing_unsaid: "未说明", "not said";

    // new, enrol, keys.
    practice_made: "没有给口令，这是一轮演练：用公开的密钥加密，谁都打得开，所有文件都注明演示。正式评审请在终端里新建，或设 PINGSHEN_PASSPHRASE。", "No passphrase was given, so this round is for practice: it is sealed with published keys that anybody has, and every document says so. For a real round make it at a terminal, or set PINGSHEN_PASSPHRASE.";
    practice_round: "演练：本轮用公开的密钥，没有口令，谁都打得开。", "Practice: this round uses published keys; anybody can open what it seals.";
    spare_made: "本轮备用码：{}", "The round's spare code: {}";
    spare_how: "请抄在卡片上，装进信封封好、骑缝签名，锁起来；忘记口令时才启封。发评审包以前要照卡片输入一次。", "Copy it on a card, seal it in an envelope signed across the flap, and lock it away; it is for a forgotten passphrase only. Before bundles go out it is typed in once from the card.";
    round_code: "本轮核对码：{}", "The round's check code: {}";
    supervisor_code: "监督的核对码：{}（请当面核对）", "The supervisor's check code: {} (compare it face to face)";
    enrolled: "密钥：{}（自己保管）；公钥：{}（交给秘书）", "Secret: {} (keep it); public keys: {} (for the secretary)";
    own_code: "核对码：{}（请抄在签到表上，或当面、电话里报给秘书核对）", "Check code: {} (write it on the sign-in sheet, or read it out to the secretary)";
    own_spare: "备用码：{}（请抄在卡片上，封进信封；只在忘记口令时启封）", "Spare code: {} (copy it on a card and seal it in an envelope; for a forgotten passphrase only)";
    keys_admitted: "{} 的公钥已登记，核对码 {}", "{}'s public keys are admitted, check code {}";
    passphrase_changed: "口令已换；旧口令作废", "The passphrase is changed; the old one is void";
    column_check_code: "核对码", "Check code";
    column_how: "怎样认定", "Known by";
    how_enrolled: "事先登记", "enrolled beforehand";
    how_compared: "与签到表核对", "compared with the sign-in sheet";
    how_practice: "演练，没有核对", "practice, not compared";
    key_round: "本轮", "round";
    key_supervisor: "监督", "supervisor";
    key_desk: "本机（文件夹）", "folder";

    // issue, score.
    papers: "签到材料：{}（打印；开包条剪开，一人一条）", "For the sign-in: {} (print; cut the slips apart, one each)";
    practice_bundles: "演练：评审包不用开包条，谁都打得开", "Practice: bundles open without a slip, for anybody";
    keys_made: "密钥已经做好：{}", "Keys are made: {}";
    score_code: "核对码：{}", "Check code: {}";
    cleared: "已清除：{}", "Cleared: {}";

    // collect, open.
    kept_sealed: "{} 份评分表已登记，没有开启。开启：{}", "{} sheets are listed and stay sealed. To open them: {}";
    digests: "登记的文件（SHA-256）：", "Files listed (SHA-256):";
    opened: "已开启 {} 份", "{} opened";
    sheet_waits: "{}：已登记，先不计入：{}", "{}: listed, not counted yet: {}";
    sheet_kept_sealed: "已登记，未开启", "listed, kept sealed";
    sheet_stale: "更正后还没有确认，暂不计入", "touched by an amendment, not confirmed, not counted yet";
} }
