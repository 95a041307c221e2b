//! Which known body a name is: region, number and level are guards that likeness never passes.

use svod::dictionaries::Dictionaries;
use svod::emit::{self, Document, Executor};

use crate::support::{read, root};

/// A plan of `title` with one row for each name.
fn sheet(title: &str, names: &[String]) -> String {
    let rows: String = names.iter().enumerate().fold(String::new(), |rows, (nth, name)| {
        rows + &format!("{}\tРазместить сведения на сайте\tпостоянно\t{name}\n", nth + 1)
    });
    format!("{title}\n\n№ п/п\tНаименование мероприятия\tСрок исполнения\tОтветственный исполнитель\n{rows}")
}

/// The executors of each row.
fn executors(document: Document) -> Vec<Vec<Executor>> {
    document.plans.into_iter().flat_map(|plan| plan.measures).map(|measure| measure.executors).collect()
}

/// The only executor of each of `names` in a plan of `title`.
fn linked(title: &str, names: &[String]) -> Vec<Executor> {
    let found = executors(read(&sheet(title, names)));
    assert_eq!(found.len(), names.len());
    let only = |(mut executors, name): (Vec<Executor>, &String)| {
        assert_eq!(executors.len(), 1, "«{name}»");
        executors.remove(0)
    };
    found.into_iter().zip(names).map(only).collect()
}

/// Holds rows of `name → entity` in a plan of `title`; «-» for none.
#[track_caller]
fn check(title: &str, rows: &str) {
    let rows: Vec<(&str, &str)> = rows.lines().filter_map(|row| row.trim().split_once(" → ")).collect();
    let names: Vec<String> = rows.iter().map(|(name, _)| (*name).to_owned()).collect();
    let mut wrong = String::new();
    for ((name, wanted), found) in rows.iter().zip(linked(title, &names)) {
        let entity = found.entity.as_deref().unwrap_or("-");
        assert_eq!(found.score.is_some(), found.entity.is_some(), "«{name}»");
        assert!(found.score.is_none_or(|score| score > 0.0 && score <= 1.0), "«{name}»");
        if entity != *wanted {
            wrong += &format!("\n{name}\n  wanted {wanted}\n  found  {entity}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

const TULA: &str = "План мероприятий Тульской области на 2018 год";
const NOWHERE: &str = "План мероприятий на 2018 год";

/// Code and the six cases of every subject.
fn subjects() -> Vec<(String, Vec<String>)> {
    let text = std::fs::read_to_string(root().join("dictionaries/regions.tsv")).unwrap();
    let rows = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let subject = |line: &str| {
        let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
        (cells[0].clone(), cells[1..7].to_vec())
    };
    rows.map(subject).collect()
}

#[test]
fn a_ministry_of_every_subject_in_every_case_is_that_subjects_and_no_others() {
    let subjects = subjects();
    assert_eq!(subjects.len(), 89);
    for title in [NOWHERE, TULA] {
        for case in 0..6 {
            let name =
                |(_, forms): &(String, Vec<String>)| format!("Министерство здравоохранения {}", forms[case]);
            let names: Vec<String> = subjects.iter().map(name).collect();
            for ((found, name), (code, _)) in linked(title, &names).iter().zip(&names).zip(&subjects) {
                let wanted = format!("{code}/ministerstvo-zdravookhraneniya");
                assert_eq!(found.entity.as_deref(), Some(wanted.as_str()), "«{name}»");
            }
        }
    }
}

/// A plain linear congruential generator, so that every run sees the same noise.
struct Noise(u64);

impl Noise {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    /// `name` with one of its small letters misread for another.
    fn misread(&mut self, name: &str) -> String {
        let mut letters: Vec<char> = name.chars().collect();
        let small: Vec<usize> = (0..letters.len()).filter(|&at| letters[at].is_lowercase()).collect();
        let at = small[self.below(small.len())];
        letters[at] = char::from_u32('а' as u32 + self.below(32) as u32).unwrap();
        letters.into_iter().collect()
    }
}

#[test]
fn one_misread_letter_never_moves_a_body_to_another_subject() {
    let subjects = subjects();
    let bodies = [
        "Министерство здравоохранения",
        "Министерство труда и социальной защиты",
        "Министерство по информатизации, связи и вопросам открытого управления",
        "Комитет по делам записи актов гражданского состояния и обеспечению деятельности мировых судей",
    ];
    let mut noise = Noise(2018);
    let (mut own, mut wrong) = (0, Vec::new());
    for body in bodies {
        for title in [NOWHERE, TULA] {
            let name = |(_, forms): &(String, Vec<String>)| noise.misread(&format!("{body} {}", forms[1]));
            let names: Vec<String> = subjects.iter().map(name).collect();
            for ((found, name), (code, _)) in linked(title, &names).iter().zip(&names).zip(&subjects) {
                match &found.entity {
                    Some(entity) if entity.starts_with(&format!("{code}/")) => own += 1,
                    Some(entity) => wrong.push(format!("{name} → {entity}")),
                    None => {}
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(own > 350, "noise is meant to leave half of the names readable: {own} of 712");
}

#[test]
fn a_name_without_a_region_is_of_the_documents() {
    check(
        TULA,
        "
        Министерство культуры → RU-TUL/ministerstvo-kultury
        министерство культуры области → RU-TUL/ministerstvo-kultury
        министерство труда и социальной защиты → RU-TUL/ministerstvo-truda-i-sotsialnoy-zashchity
        министерство труда и социальной защиты Тульской → RU-TUL/ministerstvo-truda-i-sotsialnoy-zashchity
        Комитет по тарифам → RU-TUL/komitet-po-tarifam
        министерство культуры Калужской области → RU-KLU/ministerstvo-kultury
    ",
    );
    check(
        NOWHERE,
        "
        Министерство культуры → -
        Комитет по тарифам → -
    ",
    );
    check(
        NOWHERE,
        "
        Министерство культуры Тверской области → RU-TVE/ministerstvo-kultury
        Министерство образования Тверской области → RU-TVE/ministerstvo-obrazovaniya
        Министерство финансов → RU-TVE/ministerstvo-finansov
    ",
    );
}

#[test]
fn a_subjects_shorter_name_is_it_in_every_case() {
    check(
        NOWHERE,
        "
        Министерство культуры Кемеровской области → RU-KEM/ministerstvo-kultury
        Министерство культуры Чувашской Республики → RU-CU/ministerstvo-kultury
        Министерство культуры Северной Осетии → RU-SE/ministerstvo-kultury
        Министерство культуры Татарстана → RU-TA/ministerstvo-kultury
        Министерство культуры Республики Северная Осетия – Алания → RU-SE/ministerstvo-kultury
        Департамент здравоохранения города Москвы → RU-MOW/departament-zdravookhraneniya
    ",
    );
}

#[test]
fn a_body_of_another_level_is_another_body() {
    check(TULA, "
        Министерство здравоохранения Российской Федерации → RU/ministerstvo-zdravookhraneniya-rossiyskoy-federatsii
        Управление образования администрации города Тулы → -
        Комитет по тарифам администрации Щекинского района → -
        Министерство культуры Тульской области и Калужской области → -
        Управление Федеральной налоговой службы по Тульской области → -
        отдел культуры → -
        органы исполнительной власти Тульской области → -
        организации социального обслуживания Тульской области → -
        министр культуры Тульской области → -
    ");
}

#[test]
fn the_means_behind_a_body_are_no_part_of_its_name() {
    check(
        TULA,
        "
        Министерство культуры Тульской области через подведомственные учреждения → RU-TUL/ministerstvo-kultury
        министерство здравоохранения через отделы по районам → RU-TUL/ministerstvo-zdravookhraneniya
        через Министерство культуры → -
        Центр через дорогу → -
    ",
    );
}

#[test]
fn a_federal_body_needs_no_region() {
    for title in [TULA, NOWHERE] {
        check(
            title,
            "
            Федеральная налоговая служба → RU/federalnaya-nalogovaya-sluzhba
            Росреестр → RU/federalnaya-sluzhba-gosudarstvennoy-registratsii-kadastra-i-kartografii
            ФНС России → RU/federalnaya-nalogovaya-sluzhba
        ",
        );
    }
}

#[test]
fn a_short_name_that_may_be_the_regions_own_is_no_federal_body() {
    check(
        "План мероприятий Тверской области на 2021 год",
        "
        Минприроды России → RU/ministerstvo-prirodnykh-resursov-i-ekologii-rossiyskoy-federatsii
        Минспорт России → RU/ministerstvo-sporta-rossiyskoy-federatsii
        Минспорт → -
        Минюст → -
        Минпросвещения → -
        Минтруд → -
        Минэнерго → -
        ",
    );
}

#[test]
fn a_like_name_is_another_name() {
    check(
        TULA,
        "
        Министерство культуры и спорта Тульской области → -
        Министерство обороны Тульской области → -
        Министерство финансирования Тульской области → -
        Комитет по спорам Тульской области → -
        Министерство → -
        Министерство Тульской области → -
        МБУ «Министерство культуры» → -
    ",
    );
}

#[test]
fn a_number_is_never_taken_for_another() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "tsentr-1\tЦентр занятости населения № 1 {R}\tTUL\tmade up\n";
    std::fs::write(folder.path().join("bodies.tsv"), rows).unwrap();
    let dictionaries = Dictionaries::with_directory(folder.path()).unwrap();
    let names =
        [1, 2, 3, 7, 11].map(|number| format!("Центр занятости населения № {number} Тульской области"));
    let trace = svod::trace("test", sheet(TULA, &names).as_bytes(), &dictionaries).unwrap();
    let found = executors(emit::document(&trace));
    let entities: Vec<&str> = found.iter().map(|row| row[0].entity.as_deref().unwrap_or("-")).collect();
    assert_eq!(entities, ["RU-TUL/tsentr-1", "-", "-", "-", "-"]);
}

#[test]
fn a_name_that_two_bodies_had_is_the_one_of_the_time_of_the_plan() {
    const OLD: &str = "RU/ministerstvo-obrazovaniya-i-nauki-rossiyskoy-federatsii";
    const NEW: &str = "RU/ministerstvo-nauki-i-vysshego-obrazovaniya-rossiyskoy-federatsii";
    let of = |title: &str, entity: &str| check(title, &format!("Минобрнауки России → {entity}"));
    of("План мероприятий Тульской области на 2017 год", OLD);
    of("План мероприятий Тульской области на 2019 год", NEW);
    of("План мероприятий Тульской области на 2015-2017 годы", OLD);
    of("План мероприятий Тульской области на 2019-2021 годы", NEW);
    // The name changed hands in that year, or at an unknown time before or behind.
    of("План мероприятий Тульской области на 2018 год", "-");
    of("План мероприятий Тульской области на 2017-2019 годы", "-");
    of("План мероприятий Тульской области", "-");
}

#[test]
fn a_whole_name_is_the_body_that_has_it_at_any_time() {
    for year in [2012, 2018, 2021] {
        check(
            &format!("План мероприятий Тульской области на {year} год"),
            "
            Министерство образования и науки Российской Федерации → RU/ministerstvo-obrazovaniya-i-nauki-rossiyskoy-federatsii
            Федеральная миграционная служба → RU/federalnaya-migratsionnaya-sluzhba
            Федеральная налоговая служба → RU/federalnaya-nalogovaya-sluzhba
            Министерство культуры Тульской области → RU-TUL/ministerstvo-kultury
            Министерство просвещения Российской Федерации → RU/ministerstvo-prosveshcheniya-rossiyskoy-federatsii
            ",
        );
    }
}

/// The canonical names of `cells`, each a row of one plan of Tula.
fn names(cells: &[&str]) -> Vec<String> {
    names_in(TULA, cells)
}

/// The canonical names of `cells`, each a row of a plan of `title`.
fn names_in(title: &str, cells: &[&str]) -> Vec<String> {
    let rows =
        executors(read(&sheet(title, &cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>())));
    let joined = |row: Vec<Executor>| row.into_iter().map(|own| own.name).collect::<Vec<_>>().join(" + ");
    rows.into_iter().map(joined).collect()
}

#[test]
fn a_known_body_has_its_name_in_the_nominative() {
    let cells = [
        "министерству культуры Тульской области",
        "Министерством труда и социальной защиты",
        "МИНИСТЕРСТВО ФИНАНСОВ ТУЛЬСКОЙ ОБЛАСТИ",
        "общественный совет при министерстве культуры",
    ];
    assert_eq!(
        names(&cells),
        [
            "Министерство культуры Тульской области",
            "Министерство труда и социальной защиты Тульской области",
            "Министерство финансов Тульской области",
            "Общественный совет при министерстве культуры",
        ]
    );
}

#[test]
fn a_region_of_two_names_is_called_as_the_document_calls_it() {
    let cells = [
        "Министерство культуры Чувашской Республики",
        "Министерству культуры Чувашской Республики – Чувашии",
        "Министерство культуры Чувашии",
        "Министерство культуры Республики Северная Осетия – Алания",
        "Общественный совет при Министерстве культуры Чувашской Республики",
    ];
    assert_eq!(
        names_in(NOWHERE, &cells),
        [
            "Министерство культуры Чувашской Республики",
            "Министерство культуры Чувашской Республики – Чувашии",
            "Министерство культуры Чувашской Республики – Чувашии",
            "Министерство культуры Республики Северная Осетия – Алания",
            "Общественный совет при Министерстве культуры Чувашской Республики",
        ]
    );
}

#[test]
fn a_cell_of_many_words_is_no_body() {
    let long = format!("Министерство {}культуры Тульской области", "социального развития ".repeat(200));
    let found = executors(read(&sheet(TULA, &[long])));
    assert!(found.iter().flatten().all(|executor| executor.entity.is_none()), "{found:#?}");
}

#[test]
fn only_the_head_is_put_in_the_nominative() {
    let cells = [
        "Кабинетом Министров Чувашской Республики",
        "Кабинета Министров Республики Татарстан",
        "Главного управления ветеринарии Кабинета Министров Республики Татарстан",
        "Секретариата Совета Министров",
    ];
    assert_eq!(
        names_in(NOWHERE, &cells),
        [
            "Кабинет Министров Чувашской Республики",
            "Кабинет Министров Республики Татарстан",
            "Главное управление ветеринарии кабинета министров Республики Татарстан",
            "Секретариат Совета Министров",
        ]
    );
    let stamp = "УТВЕРЖДЕН\nпостановлением Кабинета Министров\nЧувашской Республики\nот 12.03.2021 № 85\n\n";
    let approval =
        read(&(stamp.to_owned() + &sheet(NOWHERE, &[cells[0].to_owned()]))).plans.remove(0).approval;
    assert_eq!(
        approval.and_then(|own| own.act).and_then(|act| act.authority).as_deref(),
        Some("Кабинет Министров Чувашской Республики")
    );
}

#[test]
fn a_name_cut_short_is_completed_by_the_only_name_it_can_be() {
    let full = "ГУТО «Центр социального обслуживания населения № 2»";
    let cut = "Центр социального обслуживания населения № 2»";
    let other = "ГУТО «Центр социального обслуживания населения № 1»";
    assert_eq!(names(&[full, cut, other])[1], full);
    let council = "Общественный совет при министерстве культуры Тульской области";
    assert_eq!(names(&[council, "общественный совет при министерстве культуры Тульской"])[1], council);
    assert_eq!(names(&[other, cut])[1], cut, "another number completes nothing");
    let twin = "ГБУ «Центр социального обслуживания населения № 2»";
    assert_eq!(names(&[full, twin, cut])[2], cut, "two names could be meant");
}

#[test]
fn a_short_form_that_the_document_defines_is_the_same_from_then_on() {
    check(
        TULA,
        "
        министерство культуры Тульской области (далее – министерство) → RU-TUL/ministerstvo-kultury
        министерство → RU-TUL/ministerstvo-kultury
    ",
    );
    let cells = [
        "учреждения, подведомственные министерству (далее – учреждения культуры)",
        "учреждения культуры, отдел кадров",
    ];
    assert_eq!(names(&cells), ["Учреждения культуры", "Учреждения культуры + Отдел кадров"]);
}

#[test]
fn a_person_has_the_position_that_the_order_gives_to_that_name_and_initials() {
    let order = "ПРИКАЗ\n\nот 27.08.2018 № 15\n\n\
        1. Утвердить план.\n\n\
        2. Ответственность возложить на заместителя министра – начальника управления социальной поддержки \
        Т.В. Романову, начальника отдела кадров О.Н. Захарова, главного специалиста А.А. Лебедь.\n\n\n\
        Приложение\nк приказу\n\n";
    let cells = [
        "Романова Т.В.",
        "Захаров О.Н.",
        "Лебедь А.А.",
        "Романова Л.В.",
        "начальник отдела закупок Седов П.И.",
    ];
    let found = linked(&format!("{order}{TULA}"), &cells.map(str::to_owned));
    let drawn: Vec<String> = found
        .iter()
        .map(|own| format!("{} | {}", own.name, own.position.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(
        drawn,
        [
            "Романова Т. В. | Заместитель министра – начальник управления социальной поддержки",
            "Захаров О. Н. | Начальник отдела кадров",
            "Лебедь А. А. | Главный специалист",
            "Романова Л. В. | -",
            "Седов П. И. | Начальник отдела закупок",
        ]
    );
    assert!(found.iter().all(|own| own.entity.is_none()));
}

#[test]
fn initials_of_a_region_are_the_documents_or_nobodys() {
    check(
        TULA,
        "
        Минздрав ТО → RU-TUL/ministerstvo-zdravookhraneniya
        Минздрав РТ → -
        Минприроды РБ → -
        Минздрав РФ → RU/ministerstvo-zdravookhraneniya-rossiyskoy-federatsii
    ",
    );
}
