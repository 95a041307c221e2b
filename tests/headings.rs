//! What stands around a table: titles, stamps, acts, signatures, regions and periods; and documents that hold no plan.

use svod::emit::{Document, Plan};

use crate::support::read;

/// A small table under the usual heading, for the lines over and under it.
const TABLE: &str = "№ п/п\tНаименование мероприятия\tСрок исполнения\tОтветственный исполнитель\n\
    1\tРазместить сведения на сайте\tI квартал\tМинистерство культуры\n\
    2\tПровести обучение специалистов\tпостоянно\tМинистерство культуры\n";

/// The only plan of `over`, the table, and `under`.
#[track_caller]
fn plan(over: &str, under: &str) -> Plan {
    let document = read(&format!("{over}\n\n{TABLE}\n{under}\n"));
    assert_eq!(document.plans.len(), 1, "in «{over}»");
    let plan = document.plans.into_iter().next().unwrap();
    assert_eq!(plan.measures.len(), 2, "in «{over}»");
    plan
}

/// Kind, region and period of a plan with that title, drawn.
fn drawn(title: &str) -> String {
    let plan = plan(title, "");
    let kind = serde_json::to_value(plan.kind).unwrap();
    let region = plan.region.map_or("-".to_owned(), |region| region.code);
    let period = plan.period.map_or("-".to_owned(), |period| format!("{}/{}", period.start, period.end));
    format!("{} {region} {period}", kind.as_str().unwrap())
}

#[test]
fn a_title_says_what_kind_of_plan_it_is_where_and_for_when() {
    let cases = [
        (
            "ПЛАН\nмероприятий по противодействию коррупции\nв Кировской области на 2021-2023 годы",
            "plan RU-KIR 2021-01-01/2023-12-31",
        ),
        (
            "План-график проведения ярмарок\nна территории Вологодской области на 2022 год",
            "schedule RU-VLG 2022-01-01/2022-12-31",
        ),
        ("График проведения проверок на I квартал 2020 года", "schedule - 2020-01-01/2020-03-31"),
        (
            "ДОРОЖНАЯ КАРТА (план мероприятий)\nпо развитию туризма в Республике Карелия на 2020 - 2024 гг.",
            "roadmap RU-KR 2020-01-01/2024-12-31",
        ),
        ("План мероприятий («дорожная карта»)\nпо развитию спорта в Забайкальском крае", "roadmap RU-ZAB -"),
        (
            "ПРОГРАММА\nулучшения условий труда в Ханты-Мансийском автономном округе – Югре\nна 2019 год",
            "programme RU-KHM 2019-01-01/2019-12-31",
        ),
        (
            "Комплексный план мероприятий по благоустройству\nгорода Севастополя на 2024 год",
            "plan RU-SEV 2024-01-01/2024-12-31",
        ),
        (
            "П Л А Н\nработы общественного совета при министерстве культуры\nЧувашской Республики на II полугодие 2018 года",
            "plan RU-CU 2018-07-01/2018-12-31",
        ),
        ("План работы педагогического коллектива\nна 2023/2024 учебный год", "plan - 2023-09-01/2024-05-31"),
        (
            "МЕРОПРИЯТИЯ\nпо подготовке к отопительному сезону в Томской области в 2010 году",
            "other RU-TOM 2010-01-01/2010-12-31",
        ),
        ("План проведения проверок в Магаданской области в ____ году", "plan RU-MAG -"),
    ];
    let wrong = cases.into_iter().filter_map(|(title, wanted)| {
        let found = drawn(title);
        (found != wanted).then(|| format!("{title}\n  wanted {wanted}\n  found  {found}"))
    });
    assert_eq!(wrong.collect::<Vec<_>>().join("\n"), "");
}

#[test]
fn a_title_is_joined_over_its_lines_and_ends_where_an_act_begins() {
    let title = |over: &str| plan(over, "").title.unwrap();
    assert_eq!(
        title(
            "План\nпроведения информационно-\nразъяснительной работы среди насе-\nления Псковской области\nна 2019 год"
        ),
        "План проведения информационно-разъяснительной работы среди населения Псковской области на 2019 год"
    );
    assert_eq!(
        title(
            "УТВЕРЖДЕН\nприказом министерства культуры\nОмской области\nот 03.03.2020 № 27\n\n\nПЛАН\nмероприятий на 2020 год"
        ),
        "ПЛАН мероприятий на 2020 год"
    );
    assert_eq!(
        title(
            "План мероприятий по развитию туризма\n(утв. постановлением Правительства Пермского края\nот 13 декабря 2013 г. N 1985)"
        ),
        "План мероприятий по развитию туризма"
    );
}

/// Who approved a plan, drawn: person | position | date | act.
fn approval(over: &str) -> String {
    let Some(approval) = plan(over, "").approval else { return "-".to_owned() };
    let or = |text: Option<String>| text.unwrap_or("-".to_owned());
    let act = approval.act.map(|act| {
        format!("{} № {} of {} by {}", or(act.kind), or(act.number), or(act.date), or(act.authority))
    });
    format!("{} | {} | {} | {}", or(approval.person), or(approval.position), or(approval.date), or(act))
}

#[track_caller]
fn approved(over: &str, wanted: &str) {
    assert_eq!(approval(&format!("{over}\n\nПЛАН\nмероприятий по развитию культуры")), wanted);
}

#[test]
fn a_stamp_gives_the_person_the_position_and_the_day() {
    approved(
        "УТВЕРЖДАЮ\nМинистр здравоохранения\nРязанской области\n____________ А.А. Прилуцкий\n«12» января 2021 г.",
        "А. А. Прилуцкий | Министр здравоохранения Рязанской области | 2021-01-12 | -",
    );
    approved(
        "Утверждаю:\nГлава администрации\nШуйского района\nС.А. БАБАНОВ\n_____ 2019 года",
        "С. А. Бабанов | Глава администрации Шуйского района | - | -",
    );
    approved(
        "СОГЛАСОВАНО                          УТВЕРЖДАЮ\nНачальник отдела                     Директор школы\n_______ П.И. Зуев                    _______ Т.В. Ланская",
        "Т. В. Ланская | Директор школы | - | -",
    );
}

#[test]
fn an_act_over_the_plan_gives_its_kind_number_day_and_body() {
    approved(
        "УТВЕРЖДЕН\nпостановлением Правительства\nВологодской области\nот 14.02.2022 № 131-п",
        "- | - | - | постановление № 131-п of 2022-02-14 by Правительство Вологодской области",
    );
    approved(
        "Приложение № 2\nк приказу министерства культуры\nОмской области\nот 3 марта 2020 года № 27/Пр/18",
        "- | - | - | приказ № 27/Пр/18 of 2020-03-03 by Министерство культуры Омской области",
    );
    approved(
        "Приложение N 1\nк распоряжению администрации\nгорода Твери\nот «28» февраля 2013 г. N 152-па",
        "- | - | - | распоряжение № 152-па of 2013-02-28 by Администрация города Твери",
    );
}

#[test]
fn spellings_of_acts_that_plans_have_are_read() {
    approved(
        "Утвержден\nраспоряжением Правительства Омской области\nот 21.02.2018 г. N 63-р\n(Приложение)",
        "- | - | - | распоряжение № 63-р of 2018-02-21 by Правительство Омской области",
    );
    approved(
        "Приложение №4 к «Порядку проведения торгов», утвержденному решением\nСовета депутатов от 9 ноября 2015 года (протокол №6)",
        "- | - | - | решение № - of 2015-11-09 by Совет депутатов",
    );
    approved(
        "УТВЕРЖДАЮ\nИ.о. министра культуры\nОмской области\n\nИ.И. ПЕТРОВА\n\"___\"______________ 2002 г.",
        "И. И. Петрова | И.о. министра культуры Омской области | - | -",
    );
}

#[test]
fn a_governors_act_is_by_the_governor() {
    approved(
        "УТВЕРЖДЕНА\nУказом Губернатора\nЯрославской области\nот 09.03.2011 г № 189",
        "- | - | - | указ № 189 of 2011-03-09 by Губернатор Ярославской области",
    );
}

#[test]
fn the_number_of_a_school_is_not_its_acts() {
    approved(
        "УТВЕРЖДЕН\nприказом МБДОУ №18\nот « 10»______01____2022 г. № 6а",
        "- | - | - | приказ № 6а of 2022-01-10 by МБДОУ № 18",
    );
}

#[test]
fn an_act_whose_day_and_number_are_blank_is_an_act() {
    approved(
        "УТВЕРЖДЕНО\nраспоряжением администрации Тверской области\nот ________ 2021 г. № ____",
        "- | - | - | распоряжение № - of - by Администрация Тверской области",
    );
}

#[test]
fn an_act_under_the_title_approves_the_plan_too() {
    assert_eq!(
        approval(
            "План мероприятий по развитию туризма\n(утв. постановлением Правительства Пермского края\nот 13 декабря 2013 г. N 1985)"
        ),
        "- | - | - | постановление № 1985 of 2013-12-13 by Правительство Пермского края"
    );
}

/// An order of five paragraphs, signed, without its appendix.
const ORDER: &str = "ДЕПАРТАМЕНТ ОБРАЗОВАНИЯ ИВАНОВСКОЙ ОБЛАСТИ\n\nПРИКАЗ\n\nот 27.08.2018 года                № 2215-о\n\n\
    В целях повышения качества образования\n\nПРИКАЗЫВАЮ:\n\n1. Утвердить прилагаемый план мероприятий.\n\
    2. Контроль за исполнением приказа оставляю за собой.\n\n\n\
    Начальник департамента                        О.Г. Антонова\n";

#[test]
fn an_order_over_its_appendix_is_the_act_and_its_signature_the_approval() {
    approved(
        &format!("{ORDER}\n\nПриложение\nк приказу\n"),
        "О. Г. Антонова | Начальник департамента | - | \
         приказ № 2215-о of 2018-08-27 by Департамент образования Ивановской области",
    );
}

#[test]
fn a_title_without_a_year_covers_the_year_of_its_approval() {
    let period = |over: &str| plan(over, "").period.map(|period| (period.start, period.end));
    let stamp =
        "УТВЕРЖДЕН\nприказом министерства культуры\nОмской области\nот 03.03.2020 № 27\n\nПЛАН\nмероприятий";
    let year = |year: &str| Some((format!("{year}-01-01"), format!("{year}-12-31")));
    assert_eq!(period(stamp), year("2020"));
    assert_eq!(period(&format!("{stamp} на 2021 год")), year("2021"));
    assert_eq!(period("План мероприятий"), None);
}

/// The signature under a table, drawn.
fn signature(under: &str) -> String {
    let signatory = plan("План мероприятий на 2020 год", under).signatory;
    let or = |text: Option<String>| text.unwrap_or("-".to_owned());
    signatory.map_or("-".to_owned(), |own| format!("{} | {}", or(own.person), or(own.position)))
}

#[test]
fn a_signature_is_a_position_and_a_name_and_no_telephone() {
    let cases = [
        ("\nНачальник управления                       И.П. Седова", "И. П. Седова | Начальник управления"),
        (
            "\n**Заместитель министра\nкультуры Омской области**\n\n\n**В.В. КОРЖ**",
            "В. В. Корж | Заместитель министра культуры Омской области",
        ),
        (
            "\nДиректор департамента        А. Н. Мирная\n\nИсп.: Тюрина А.А.\nТел.: 24-98-31",
            "А. Н. Мирная | Директор департамента",
        ),
        ("\nИсп.: Тюрина А.А.\nТел.: 24-98-31", "-"),
        ("", "-"),
    ];
    for (under, wanted) in cases {
        assert_eq!(signature(under), wanted, "«{under}»");
    }
}

#[test]
fn the_region_is_the_titles_before_the_acts() {
    let region = |over: &str| plan(over, "").region.map(|region| region.name);
    let stamp = "УТВЕРЖДЕН\nпостановлением Правительства\nАмурской области\nот 14.02.2022 № 131";
    assert_eq!(region(&format!("{stamp}\n\nПЛАН мероприятий")).as_deref(), Some("Амурская область"));
    assert_eq!(
        region(&format!("{stamp}\n\nПЛАН мероприятий в Республике Алтай")).as_deref(),
        Some("Республика Алтай")
    );
    assert_eq!(region("ПЛАН мероприятий в Алтайском крае").as_deref(), Some("Алтайский край"));
    assert_eq!(region("ПЛАН мероприятий"), None);
}

#[test]
fn each_plan_of_a_document_has_its_own_heading() {
    let part = |nth: u8, title: &str| {
        format!("Приложение № {nth}\nк приказу от 01.02.2019 № 5\n\n{title}\n\n{TABLE}\n")
    };
    let document = read(&format!(
        "{}\n{}\n{}",
        part(1, "План мероприятий по охране труда на 2019 год"),
        part(2, "План-график проверок на 2020 год"),
        part(3, "Дорожная карта развития архивов на 2021 год"),
    ));
    let titles: Vec<String> = document
        .plans
        .iter()
        .map(|plan| format!("{} ({})", plan.title.as_deref().unwrap_or("-"), plan.measures.len()))
        .collect();
    assert_eq!(
        titles,
        [
            "План мероприятий по охране труда на 2019 год (2)",
            "План-график проверок на 2020 год (2)",
            "Дорожная карта развития архивов на 2021 год (2)"
        ]
    );
}

#[track_caller]
fn no_plan(text: &str) {
    let Document { plans, diagnostics, .. } = read(text);
    let titles: Vec<_> = plans.iter().map(|plan| (&plan.title, plan.measures.len())).collect();
    assert!(titles.is_empty(), "{titles:?}");
    assert!(diagnostics.iter().any(|own| own.code == "no-plan"), "nobody is told");
}

#[test]
fn a_document_without_a_plan_gives_none_and_says_so() {
    no_plan(ORDER);
    no_plan(
        "Уважаемый Сергей Петрович!\n\nВ ответ на Ваше письмо от 12.03.2019 № 15 сообщаем, что план мероприятий\n\
         на 2019 год будет представлен до 1 апреля 2019 года. Ответственный исполнитель – отдел культуры.\n\n\
         С уважением,\nначальник отдела                     Н.Н. Лось\n",
    );
    no_plan(
        "ОТЧЁТ\nо работе министерства за 2018 год\n\nПоказатель\tЕдиница измерения\t2017\t2018\n\
         Число читателей\tтыс. чел.\t15,2\t16,1\nЧисло библиотек\tед.\t40\t41\n",
    );
}

#[test]
fn a_blank_template_is_no_plan() {
    no_plan(
        "Типовая форма плана\n\nПЛАН\nмероприятий на ____ год\n\n\
         № п/п\tНаименование мероприятия\tСрок исполнения\tОтветственный исполнитель\n1\t\t\t\n2\t\t\t\n3\t\t\t\n",
    );
}
