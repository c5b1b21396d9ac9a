//! Packets, panels and bundles as they arrive: what is read as people mean it,
//! what is refused and where.

use std::collections::BTreeSet;
use std::io::Cursor;

use pingshen::base::problem::Problem;
use pingshen::base::{Limits, PacketCode, Refusal};
use pingshen::domain::packet::{Packet, Value};
use pingshen::domain::panel::Panel;
use pingshen::formats;
use pingshen::workflow::library;

fn read(json: &str) -> Result<Packet, Refusal> {
    read_bytes(json.as_bytes())
}

fn read_bytes(bytes: &[u8]) -> Result<Packet, Refusal> {
    formats::packet::read(bytes, &Limits::STANDARD, &library::forms().unwrap()[0])
}

fn problems(json: &str) -> Vec<Problem> {
    read(json).unwrap_err().faults().map(|fault| fault.problem.clone()).collect()
}

#[test]
fn a_table_may_come_as_columns_cells_or_rows() {
    let columns =
        r#"{"code":"A-01","fields":{"mgmt.rules[].title":["甲","乙"],"mgmt.rules[].date":["2021-01-01",null]}}"#;
    let cells = r#"{"code":"A-01","fields":{"mgmt.rules[0].title":"甲","mgmt.rules[0].date":"2021-01-01","mgmt.rules[1].title":"乙","mgmt.rules[1].date":null}}"#;
    let rows = r#"{"code":"A-01","fields":{"mgmt.rules":[{"title":"甲","date":"2021-01-01"},{"title":"乙"}]}}"#;
    let wanted = read(columns).unwrap();
    assert_eq!(read(cells).unwrap(), wanted);
    assert_eq!(read(rows).unwrap(), wanted);
    assert_eq!(wanted.fields["mgmt.rules[].date"], Value::List(vec![Some("2021-01-01".into()), None]));
}

#[test]
fn a_cell_never_stands_in_anothers_row_and_nothing_grows_without_bound() {
    let crossed = r#"{"code":"A-01","fields":{"mgmt.rules[1].title":"乙","mgmt.rules[0].title":"甲"}}"#;
    assert!(matches!(&problems(crossed)[..], [Problem::RaggedTable { .. }]));
    let rows: Vec<String> = (0..30_000).map(|at| format!("{{\"a{at}\":1}}")).collect();
    let wide = format!("{{\"code\":\"A-01\",\"fields\":{{\"mgmt.rules\":[{}]}}}}", rows.join(","));
    assert!(matches!(&problems(&wide)[..], [Problem::TooMany { .. }]));
    let keys: Vec<String> = (0..100_000).map(|at| format!("\"a{at}\":1")).collect();
    let many = format!("{{\"code\":\"A-01\",\"fields\":{{{}}}}}", keys.join(","));
    assert!(matches!(&problems(&many)[..], [Problem::TooMany { .. }]));
}

#[test]
fn numbers_keep_every_digit_and_full_width_is_read() {
    let packet = read(r#"{"code":"A-01","fields":{"grant.in_force":1386,"asg.2020.contract":1234567890123.4567,"asg.2021.contract":"１２．５０","asg.2022.contract":"1,234.50","mgmt.leading_group":"是","lic.2020.count":null,"lic.2021.count":""}}"#).unwrap();
    let figure = |id: &str| packet.figure(id).map(|n| n.to_string());
    assert_eq!(figure("asg.2020.contract").as_deref(), Some("1234567890123.4567"));
    assert_eq!(figure("asg.2021.contract").as_deref(), Some("12.50"));
    assert_eq!(figure("asg.2022.contract").as_deref(), Some("1234.50"));
    assert_eq!(packet.fields["mgmt.leading_group"], Value::Bool(true));
    assert_eq!((figure("lic.2020.count"), figure("lic.2021.count")), (None, None), "left empty is not zero");
}

#[test]
fn what_is_wrong_is_named_with_its_field() {
    assert!(matches!(&problems(r#"{"code":"A 1","fields":{"grant.in_force":1}}"#)[..], [Problem::BadCode { .. }]));
    assert!(
        matches!(&problems(r#"{"code":"A-1","fields":{"grant.in_forc":1}}"#)[..], [Problem::UnknownField { like: Some(like), .. }] if like == "grant.in_force")
    );
    assert!(matches!(
        &problems(r#"{"code":"A-1","fields":{"unit.name":"某大学"}}"#)[..],
        [Problem::IdentifyingField { .. }]
    ));
    assert!(matches!(
        &problems(r#"{"code":"A-1","fields":{"grant.in_force":"约100"}}"#)[..],
        [Problem::WrongKind { .. }]
    ));
    assert!(
        matches!(&problems(r#"{"code":"A-1","fields":{"grant.in_force":1,"grant.in_force":2}}"#)[..], [Problem::BadJson(why)] if why.contains("grant.in_force"))
    );
    assert!(
        matches!(&problems(r#"{"code":"A-1","fields":{"mgmt.rules[].title":["甲"],"mgmt.rules[].date":[]}, "name":"x"}"#)[..], [Problem::BadJson(why)] if why.contains("name"))
    );
    assert!(matches!(
        &problems(r#"{"code":"A-1","fields":{"mgmt.rules[].title":["甲","乙"],"mgmt.rules[].date":["2021-01-01"]}}"#)[..],
        [Problem::RaggedTable { .. }]
    ));
    assert!(matches!(
        &problems(
            r#"{"code":"A-1","sections":[{"id":"plan.status","title":"","text":"x"},{"id":"plan.status","title":"","text":"y"}]}"#
        )[..],
        [Problem::Duplicate { .. }]
    ));
    assert!(matches!(&problems(r#"{"code":"A-1"}"#)[..], [Problem::EmptyPacket]));
    for broken in ["", "{", "[]", r#"{"code":"A-1","fields":{"grant.in_force":1}"#, "null"] {
        assert!(matches!(&problems(broken)[..], [Problem::BadJson(_)]), "{broken}");
    }
}

#[test]
fn text_is_cleaned_and_encodings_are_read_or_refused() {
    let packet = read("{\"code\":\"A-1\",\"fields\":{\"unit.overview\":\"a\\u001b[2Jb\\u202ec\"}}").unwrap();
    assert_eq!(packet.text("unit.overview"), Some("a‹U+001B›[2Jb‹U+202E›c"));
    let chinese = r#"{"code":"A-1","fields":{"unit.overview":"本单位设有运营中心"}}"#;
    let gb = encoding_rs::GB18030.encode(chinese).0;
    assert_eq!(read_bytes(&gb).unwrap(), read(chinese).unwrap());
    let mut torn = chinese.as_bytes().to_vec();
    torn.truncate(torn.len() - 4);
    assert!(read_bytes(&torn).is_err());
    assert!(matches!(read_bytes(b"\x80\x80{\xff").unwrap_err().problem(), Problem::BadEncoding { .. }));
}

#[test]
fn panels_name_their_faults_by_row() {
    let packets: BTreeSet<PacketCode> = ["A-01", "A-02"].map(|code| PacketCode::parse(code).unwrap()).into();
    let check = |csv: &str| {
        Panel::check(formats::rows::panel(csv.as_bytes(), &Limits::STANDARD)?, &packets)
            .map_err(|f| Refusal::from_faults(f).unwrap())
    };
    let panel = check("\u{feff}代号,姓名,回避\r\nE02,乙,\"A-01 合作；A-02\"\r\nE01,甲,\r\n,,\r\n").unwrap();
    let codes: Vec<_> = panel.experts.iter().map(|e| e.code.to_string()).collect();
    assert_eq!(codes, ["E01", "E02"]);
    assert_eq!(panel.experts[1].recuse.len(), 2);
    assert_eq!(panel.experts[1].recuse[0].reason, "合作");
    let fault = |csv: &str| {
        let refusal = check(csv).unwrap_err();
        let fault = refusal.faults().next().unwrap().clone();
        (fault.place.line, fault.problem)
    };
    assert!(matches!(fault("code,name\nE01,甲\nE01,乙\n"), (Some(3), Problem::Duplicate { .. })));
    assert!(matches!(fault("code,name,recuse\nE01,甲,A-09\n"), (Some(2), Problem::UnknownPacket { .. })));
    assert!(matches!(fault("code,name,salary\nE01,甲,1\n"), (Some(1), Problem::UnknownColumn { .. })));
    assert!(matches!(fault("name\n甲\n"), (Some(1), Problem::MissingColumn { .. })));
    assert!(matches!(fault("code,name\r\nE01,甲\r\nE 2,乙\r\n"), (Some(3), Problem::BadCode { .. })));
    assert!(matches!(fault("code,name\n=E1,甲\n"), (Some(2), Problem::BadCode { .. })));
    assert!(matches!(fault("code,name\nE01,\"甲\n"), (_, Problem::BadCsv(_))));
}

#[test]
fn a_bundle_holds_what_its_manifest_says_and_nothing_else() {
    use pingshen::base::{Digest, ExpertCode};
    use pingshen::domain::bundle::{Manifest, PacketEntry};
    use pingshen::domain::figures::Figures;
    use pingshen::formats::bundle::{Reader, Unsign, encode_figures, encode_manifest, write};
    use pingshen::seal::signed::{read as read_signed, sign};
    use pingshen::seal::{Context, Secret};

    let secret = Secret::random().unwrap();
    let unsign: Unsign<'_> = &|bytes| read_signed(Context::Manifest, bytes).map(|s| (s.body.to_vec(), s.signer));
    let bytes = br#"{"code":"A-01","fields":{"grant.in_force":1}}"#.to_vec();
    let code = PacketCode::parse("A-01").unwrap();
    let template = library::template_bytes("ln-pilot-selection").unwrap();
    let figures =
        encode_figures(&Figures::collect(&library::forms().unwrap()[0], [&read_bytes(&bytes).unwrap()])).unwrap();
    let manifest = |digest| {
        let nothing = Digest::of(b"");
        let body = encode_manifest(&Manifest {
            round: nothing,
            title: String::new(),
            demo: false,
            expert: ExpertCode::parse("E01").unwrap(),
            number: 1,
            replaces: None,
            template: Digest::of(&template),
            log_head: nothing,
            figures: Digest::of(&figures),
            packets: vec![PacketEntry { code: code.clone(), digest }],
            recused: Vec::new(),
            secretary: secret.public(),
            openers: vec![secret.public()],
            amendment: 0,
        })
        .unwrap();
        sign(&secret, Context::Manifest, &body)
    };
    let good = manifest(Digest::of(&bytes));
    let bundle = |manifest: &[u8], packets: &[(PacketCode, Vec<u8>)]| {
        write(manifest, &template, &figures, &[], packets).unwrap()
    };
    let whole = bundle(&good, &[(code.clone(), bytes.clone())]);
    assert_eq!(whole, bundle(&good, &[(code.clone(), bytes.clone())]), "the same parts give the same bytes");
    let mut reader = Reader::open(Cursor::new(whole.clone()), &Limits::STANDARD, unsign).unwrap();
    assert_eq!(reader.packet(&code).unwrap(), bytes);

    let other = manifest(Digest::of(b"other"));
    let mut reader =
        Reader::open(Cursor::new(bundle(&other, &[(code.clone(), bytes.clone())])), &Limits::STANDARD, unsign).unwrap();
    assert_eq!(*reader.packet(&code).unwrap_err().problem(), Problem::Altered);
    let extra = PacketCode::parse("A-02").unwrap();
    let more = bundle(&good, &[(code.clone(), bytes.clone()), (extra.clone(), bytes.clone())]);
    assert!(matches!(
        Reader::open(Cursor::new(more), &Limits::STANDARD, unsign).unwrap_err().problem(),
        Problem::BadArchive(_)
    ));
    let renamed = bundle(&good, &[(extra, bytes.clone())]);
    assert!(matches!(
        Reader::open(Cursor::new(renamed), &Limits::STANDARD, unsign).unwrap_err().problem(),
        Problem::NotInManifest { .. }
    ));
    assert!(Reader::open(Cursor::new(whole[..whole.len() / 2].to_vec()), &Limits::STANDARD, unsign).is_err());
    let other = Secret::random().unwrap();
    let forged = sign(&other, Context::Manifest, read_signed(Context::Manifest, &good).unwrap().body);
    let forged = Reader::open(Cursor::new(bundle(&forged, &[(code.clone(), bytes)])), &Limits::STANDARD, unsign);
    assert_eq!(*forged.unwrap_err().problem(), Problem::OtherSigner, "signed by somebody else than it names");
}
