//! Words of the door before the expert's screen, and of questions asked on a
//! command's line: one thing at a time, and always what to do next.

super::texts! { /// Words of the door.
Unlock {
    head: "打开评审包 {}", "Opening {}";
    step: "第 {} 步，共 {} 步", "Step {} of {}";
    too_small: "窗口太小：需要 {}x{}，现在是 {}x{}。请把窗口拉大，什么都没有丢。", "The window is too small: {}x{} are needed, it is {}x{}. Make it larger; nothing is lost.";
    privacy: "口令只有您知道，秘书也没有", "Only you know the passphrase, not the secretary";
    leave_any_time: "现在离开，什么都不会丢", "Leave now and nothing is lost";
    checking: "正在核对，请稍等", "Checking, one moment";
    making: "正在设口令，请稍等", "Setting the passphrase, one moment";

    slip_title: "请输入开包条", "Type the opening slip";
    slip_about: "开包条是秘书交给您的小纸条，上面有 16 个字母和数字，每 4 个一组。\n照着纸条输入：大写小写都可以，短横和空格不用输。", "The slip is the small paper the secretary gave you: 16 letters and digits in groups of four. Any case will do; leave out hyphens and blanks.";
    spare_title: "请输入备用码", "Type the spare code";
    spare_about: "备用码在您封好的信封里，当初抄在卡片上，有 30 个字母和数字，每 5 个一组。\n拆开信封，照着卡片输入：大写小写都可以，短横和空格不用输。\n又想起口令了：按 Esc 离开，再打开一次就行。", "The spare code is on the card in your sealed envelope: 30 letters and digits in groups of five. Open it and type them; any case will do.\nRemembered the passphrase? Press Esc to leave, then open the bundle again.";
    passphrase_title: "请输入您的口令", "Type your passphrase";
    passphrase_about: "口令是您第一次打开评审包时自己定的。大小写不同就算不同。", "You chose it when you first opened the bundle. Upper and lower case count.";
    choose_title: "请给自己定一个口令", "Choose a passphrase";
    choose_about: "以后每次打开评审包都要输入它。至少 8 个字符，字母、数字、标点都可以。\n要自己记得住、别人猜不到，比如把一句只有您知道的话写成拼音。", "You will type it every time. 8 characters or more: letters, digits, signs. One you remember and nobody guesses, such as a sentence of your own.";
    copy_title: "口令设好了。请拿笔，把下面两样抄在纸上", "Your passphrase is set. Take a pen and copy these two";
    copy_check: "1. 核对码：抄在签到表上，您签名的旁边", "1. Check code: onto the sign-in sheet you sign";
    copy_spare: "2. 备用码：抄在信封里的卡片上，自己保管", "2. Spare code: onto the card, kept in the envelope";
    copy_about: "备用码只在忘了口令时用。不要拍照，不要给任何人看，包括秘书。", "The spare code is for a forgotten passphrase only. No photograph; show it to nobody, the secretary included.";
    verify_title: "请对一遍您抄在纸上的", "Check what you copied";
    verify_about: "请看着您抄的签到表和卡片，输入每一样的最后一组。\n对上了，就把卡片装进信封封好。", "Look at the sheet and the card you wrote, and type the last group of each. Once they agree, put the card into the envelope and seal it.";

    field_slip: "开包条", "Slip";
    field_spare: "备用码", "Spare code";
    field_passphrase: "口令", "Passphrase";
    field_again: "再输一遍", "Once more";
    field_last_check: "签到表上，核对码最后 4 位", "Sheet: last 4 of the check code";
    field_last_spare: "卡片上，备用码最后 5 位", "Card: last 5 of the spare code";
    button_show: "显示口令", "Show passphrase";
    button_hide: "不显示口令", "Hide passphrase";
    button_forgot: "忘了口令", "I forgot it";
    button_again: "再看一遍两个码", "See the two codes again";

    next_slip: "下一步：照纸条输入，一共 16 个", "Next: type the 16 signs from the slip";
    next_spare: "下一步：照卡片输入，一共 30 个", "Next: type the 30 signs from the card";
    next_more: "已输 {} 个，还差 {} 个，请接着输入", "{} typed, {} to go: type on";
    next_full: "{} 个都有了，请按 Enter 键", "All {} are there: press Enter";
    next_mend: "下一步：对照纸上改好，再按 Enter 键（左右键移动，退格键删去）", "Next: mend it by the paper, then Enter (Left, Right move; Backspace erases)";
    next_passphrase: "下一步：输入口令，再按 Enter 键", "Next: type the passphrase, then press Enter";
    next_passphrase_typed: "已输 {} 个，输完请按 Enter 键", "{} typed; press Enter when done";
    next_choose: "下一步：在第一格输入口令，再按 Enter 键", "Next: type it in the first box, then press Enter";
    next_choose_more: "已输 {} 个，至少要 8 个，请接着输入", "{} typed, 8 at least: type on";
    next_choose_enough: "已输 {} 个，够长了；输完请按 Enter 键，到下一格", "{} typed, long enough; press Enter for the next box";
    next_again: "下一步：把口令再输一遍，再按 Enter 键", "Next: type it once more, then press Enter";
    next_copy: "下一步：两样都抄好了，请按 Enter 键", "Next: once both are copied, press Enter";
    next_verify_check: "下一步：输入签到表上核对码的最后 4 位数字", "Next: type the last 4 digits from the sheet";
    next_verify_spare: "下一步：输入卡片上备用码的最后 5 位", "Next: type the last 5 signs from the card";
    next_verify_full: "两样都有了，请按 Enter 键", "Both are there: press Enter";
    next_button: "按 Enter 键，就是：{}；按 Tab 键换一个", "Enter does this: {}; Tab goes on to another";

    refused_chinese: "现在是中文输入法，刚才的字没有收。请按一下 Shift 键切到英文，再接着输入。", "A Chinese input method is on; that was not taken. Press Shift once to switch to English, then type on.";
    refused_look_alike: "{} 没有收：纸上没有 0、1 和 O、I。请再看看，可能是 Q、D 或 J、L。", "{} was not taken: 0, 1, O and I do not occur. Look again; it may be Q, D, J or L.";
    refused_sign: "{} 没有收：这里只有字母和数字。", "{} was not taken: only letters and digits occur here.";
    refused_digit: "{} 没有收：核对码只有数字。", "{} was not taken: the check code has digits only.";
    refused_control: "粘贴的文字里有换行或控制字符，没有收。请用键盘输入。", "The pasted text has line breaks or control characters and was not taken. Please type it.";
    refused_full: "已经输满 {} 个，后面的没有收。要改请按退格键。", "All {} are there already; the rest was not taken. Backspace corrects.";
    refused_long: "太长，后面的没有收。", "Too long; the rest was not taken.";
    short_code: "还差 {} 个，请看着纸接着输入。", "{} are still missing; look at the paper and type on.";
    empty_passphrase: "还没有输入口令。", "No passphrase typed yet.";
    short_passphrase: "太短：至少 8 个字符，现在是 {} 个。请接着输入。", "Too short: 8 characters at least, these are {}. Type on.";
    differ: "两次输入的不一样。请重新输入两遍；按 Tab 键选显示口令，可以看着输入。", "The two differ. Type both again; Tab to Show passphrase lets you see them.";
    differ_shown: "两格里的不一样。请看一看，改成一样的。", "The two boxes differ. Look at them and make them the same.";
    differ_check: "核对码最后 4 位对不上。请选再看一遍，对照签到表上抄的。", "The last 4 of the check code differ. See the codes again and compare your sheet.";
    differ_spare: "备用码最后 5 位对不上。请选再看一遍，对照卡片上抄的。", "The last 5 of the spare code differ. See the codes again and compare your card.";
    again_slip: "还是不对：请把纸条拿给秘书看一看。", "Still wrong: please show the slip to the secretary.";
    again_passphrase: "想一想大写小写；按 Tab 键可以选显示口令，或者选忘了口令。", "Think of upper and lower case. Tab leads to two buttons: show, and forgot.";
    again_spare: "还是不对：请一组一组地对照卡片。", "Still wrong: compare it with the card group by group.";
    leave_copy: "还没有抄好。备用码离开后就看不到了；真要离开，请再按一次 Esc 键。", "Not copied yet. You can't see the spare code again later; to leave all the same, press Esc again.";
    new_passphrase: "备用码对了。旧口令不再用，请定一个新口令。", "The spare code is right. The old passphrase is void; choose a new one.";

    help_title: "怎样打开评审包", "How to open the bundle";
    help_words: "第一次打开要开包条（秘书给的纸条）；以后只要口令。\n字母打不出来，或出来的是汉字：按一下 Shift 键，切到英文输入法。\n纸条丢了，或怎么输都不对：请找秘书。口令忘了：用信封里的备用码。\n输错了没有关系，可以再输。", "The first time it takes the slip, later only the passphrase.\nNo letters, or Chinese ones: press Shift once to switch to English.\nSlip lost, or never right: ask the secretary.\nPassphrase forgotten: the spare code in your envelope.\nA mistake does no harm; type it again.";
    help_leave: "按任意键返回", "Any key goes back";

    prompt_hidden: "Tab 显示", "Tab shows";
    prompt_shown: "Tab 不显示", "Tab hides";
    prompt_yes_no: "1 是，2 否", "1 yes, 2 no";
    prompt_choose: "请输入 1 或 2，再按 Enter 键。", "Type 1 or 2, then press Enter.";
    prompt_empty: "还没有输入。不做请按 Ctrl+C。", "Nothing typed yet. Ctrl+C gives up.";
    prompt_instead_passphrase: "环境变量 PINGSHEN_PASSPHRASE，或 --passphrase-file 文件", "PINGSHEN_PASSPHRASE, or --passphrase-file FILE";
    prompt_instead: "在终端窗口里运行这条命令", "this command in a terminal window";
} }
