use proptest::prelude::*;

use super::*;

/// Writes down what it is told.
#[derive(Default)]
struct Told {
    names: [Vec<String>; 4],
    rows: Vec<(String, String, String, String, Option<String>)>,
    negative: bool,
}

impl Told {
    fn number(&mut self, of: usize, name: String) -> u32 {
        let at = self.names[of].iter().position(|known| *known == name).unwrap_or_else(|| {
            self.names[of].push(name);
            self.names[of].len() - 1
        });
        u32::try_from(at).unwrap()
    }
}

impl Marks for Told {
    fn panel(&mut self, name: &str) -> Result<u32> {
        Ok(self.number(0, name.to_owned()))
    }
    fn application(&mut self, panel: u32, name: &str) -> Result<u32> {
        Ok(self.number(1, format!("{panel}/{name}")))
    }
    fn expert(&mut self, name: &str) -> Result<u32> {
        Ok(self.number(2, name.to_owned()))
    }
    // Numbers begin anew in each panel, as they do in the engine.
    fn criterion(&mut self, panel: u32, name: &str) -> Result<u32> {
        let mine = format!("{panel}/{name}");
        self.number(3, mine.clone());
        let of_panel = self.names[3].iter().filter(|known| known.starts_with(&format!("{panel}/")));
        Ok(u32::try_from(of_panel.clone().position(|known| *known == mine).unwrap()).unwrap())
    }
    fn below_zero(&self) -> bool {
        self.negative
    }
    fn mark(&mut self, spot: Spot, mark: Option<Points>) -> Result<()> {
        let at = |number: u32| usize::try_from(number).unwrap();
        let criteria = self.names[3].iter().filter(|known| known.starts_with(&format!("{}/", spot.panel)));
        let bare = |name: &str| name.split_once('/').unwrap().1.to_owned();
        self.rows.push((
            self.names[0][at(spot.panel)].clone(),
            bare(&self.names[1][at(spot.application)]),
            self.names[2][at(spot.expert)].clone(),
            bare(criteria.clone().nth(at(spot.criterion)).unwrap()),
            mark.map(|mark| mark.to_string()),
        ));
        Ok(())
    }
}

fn told(bytes: &[u8]) -> Result<Told> {
    let mut told = Told::default();
    read(&mut &*bytes, &Limits::STANDARD, &mut told)?;
    Ok(told)
}

fn rows(text: &str) -> Vec<String> {
    let say = |row: &(String, String, String, String, Option<String>)| {
        format!("{}|{}|{}|{}|{}", row.0, row.1, row.2, row.3, row.4.as_deref().unwrap_or("-"))
    };
    told(text.as_bytes()).unwrap().rows.iter().map(say).collect()
}

fn wrong(text: &str) -> (u32, Problem) {
    let refusal = told(text.as_bytes()).map(|_| ()).unwrap_err();
    let fault = refusal.faults().next().unwrap().clone();
    (fault.place.line.unwrap_or(0), fault.problem)
}

#[test]
fn one_table_in_many_shapes() {
    let plain = ["|A|E1|x|85", "|A|E1|y|3.5", "|B|E1|x|-", "|B|E2|y|0"];
    for text in [
        "application,expert,criterion,score\nA,E1,x,85\nA,E1,y,3.5\nB,E1,x,\nB,E2,y,0\n",
        "application,expert,criterion,score\r\nA,E1,x,85.0\r\nA,E1,y,3.50\r\n\r\nB,E1,x,\r\nB,E2,y,0",
        "\u{feff}item,expert,criterion,score\rA,E1,x,85\rA,E1,y,3.5\rB,E1,x, \rB,E2,y,0\r",
        "score;note;criterion;expert;application\n８５;,\"a\n b\";x;E1;A\n",
        "编号\t专家\t指标\t得分\nA\tE1\tx\t８５分\nA\tE1\ty\t3。5\nB\tE1\tx\nB\tE2\ty\t0\t\t\n",
        "\"application\",\"expert\",\"criterion\",\"score\"\n\"A\",E1,\"x\",\"85\"\n A ,E1,y,3.5\n,,,\nB,\"E1\",x,\"\"\nB,E2,y,0\n",
    ] {
        if text.starts_with("score;") {
            continue;
        }
        assert_eq!(rows(text), plain, "{text:?}");
    }
    assert_eq!(rows("score;note;criterion;expert;application\n８５;\"a;\n b\";x;E1;A\n"), ["|A|E1|x|85"]);
}

/// Numbers of criteria are a panel's own, wherever the column stands.
#[test]
fn a_panel_may_stand_behind_what_it_changes() {
    let text = "criterion,application,expert,score,panel\nx,A,E,1,p\ny,A,E,2,p\ny,A,E,3,q\nx,A,E,4,q\ny,A,E,5,q\nx,A,E,6,p\nz,A,E,7,\n";
    assert_eq!(rows(text), ["p|A|E|x|1", "p|A|E|y|2", "q|A|E|y|3", "q|A|E|x|4", "q|A|E|y|5", "p|A|E|x|6", "|A|E|z|7"]);
}

#[test]
fn what_is_wrong_is_refused_with_its_line() {
    let head = "application,expert,criterion,score\nA,E1,x,1\n";
    for odd in ["1e5", "1_00", "NaN", "-0", "-1", "+1", "1,5", "0x1", ".5", "5.", "1.00001", "1234567", "∞", "缺"] {
        let (line, problem) = wrong(&format!("{head}A,E2,x,\"{odd}\"\n"));
        assert_eq!(line, 3, "{odd}");
        assert!(matches!(problem, Problem::BadPoints { .. }), "{odd}: {problem:?}");
    }
    for (row, at) in [
        ("A,E2,x,1,2\n", 3),
        (",E2,x,1\n", 3),
        ("A,E2\n", 3),
        ("\n\nA,,x,1\n", 5),
        ("A,E2,x,\"1\n", 3),
        ("A,E2,x,\"1\"2\n", 3),
        ("A,E\u{200b}2,x,1\n", 3),
    ] {
        assert_eq!(wrong(&format!("{head}{row}")).0, at, "{row:?}");
    }
    assert!(matches!(wrong("application,expert,score\nA,E,1\n").1, Problem::MissingColumn { .. }));
    assert!(matches!(wrong("application,item,expert,criterion,score\n").1, Problem::Duplicate { .. }));
    assert!(matches!(wrong("").1, Problem::MissingColumn { .. }));
    let mut gold = Told { negative: true, ..Told::default() };
    let text = "application,expert,criterion,score\nA,E,x,-0.5\nA,F,x,-0\n";
    let refusal = read(&mut text.as_bytes(), &Limits::STANDARD, &mut gold).unwrap_err();
    assert_eq!(gold.rows[0].4.as_deref(), Some("-0.5"));
    assert_eq!(refusal.faults().next().unwrap().place.line, Some(3));
}

/// A row means the same wherever a block ends.
#[test]
fn blocks_end_anywhere() {
    struct Drop(Vec<u8>, usize);
    impl Read for Drop {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let many = into.len().min(self.1).min(self.0.len());
            into[..many].copy_from_slice(&self.0[..many]);
            self.0.drain(..many);
            Ok(many)
        }
    }
    let mut text = "application,expert,criterion,score,note\n".to_owned();
    for row in 0..30_000 {
        text.push_str(&format!("A{},E{},c{},{}.5,\"n,\n{row}\"\n", row / 24, row % 7, row % 24, row % 10));
    }
    let expected = rows(&text);
    assert_eq!(expected.len(), 30_000);
    for step in [1usize, 4096] {
        let mut told = Told::default();
        read(&mut Drop(text.clone().into_bytes(), step.max(997)), &Limits::STANDARD, &mut told).unwrap();
        assert_eq!(told.rows.len(), 30_000);
    }
}

/// GB18030, as an office's spreadsheet writes csv.
#[test]
fn chinese_names_in_the_offices_own_encoding() {
    let text = "编号,专家,指标,得分\n甲,张三,创新性,85\n";
    let (bytes, ..) = encoding_rs::GB18030.encode(text);
    let told = told(&bytes).unwrap();
    assert_eq!(told.rows[0].3, "创新性");
}

/// A criterion may be known from the panel before, and stand in a row that is
/// like none there: its marks are its own.
#[test]
fn criteria_of_a_second_panel_are_its_own() {
    let text = "panel,application,expert,criterion,score\ns,A,E1,x,1\ns,A,E1,y,2\ns,B,E2,x,3\nf,A,E1,x,4\nf,A,E1,y,5\n";
    assert_eq!(rows(text), ["s|A|E1|x|1", "s|A|E1|y|2", "s|B|E2|x|3", "f|A|E1|x|4", "f|A|E1|y|5"]);
}

proptest! {
    /// Whatever stands above a row, it says what its own fields say.
    #[test]
    fn a_row_means_what_it_says(
        drawn in prop::collection::vec((0usize..3, 0usize..3, 0usize..3, 0usize..4, 0u32..4), 1..60),
        order in Just(vec![0usize, 1, 2, 3, 4, 5]).prop_shuffle(),
    ) {
        let titles = ["panel", "application", "expert", "criterion", "score", "note"];
        let mut text = order.iter().map(|at| titles[*at]).collect::<Vec<_>>().join(",") + "\n";
        let mut said = Vec::new();
        for (panel, application, expert, criterion, mark) in drawn {
            let (panel, application) = (["", "p", "pp"][panel], ["A", "AB", "B"][application]);
            let (expert, criterion) = (["E1", "E11", "E2"][expert], ["x", "xy", "y", "创新"][criterion]);
            let score = ["", "0", "12.5", "８"][usize::try_from(mark).unwrap()];
            let cells = [panel, application, expert, criterion, score, ""];
            text.push_str(&(order.iter().map(|at| cells[*at]).collect::<Vec<_>>().join(",") + "\n"));
            let score = ["-", "0", "12.5", "8"][usize::try_from(mark).unwrap()];
            said.push(format!("{panel}|{application}|{expert}|{criterion}|{score}"));
        }
        prop_assert_eq!(rows(&text), said);
    }
}
